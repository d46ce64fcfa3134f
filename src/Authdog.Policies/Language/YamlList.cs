namespace Authdog.Policies.Language;

/// <summary>A list of nodes.</summary>
internal sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place)
{
    public override string Kind => "a list";
}
