namespace Authdog.Policies.Language;

/// <summary>A mapping in the order of the file. Keys are unique.</summary>
internal sealed record YamlMap(Place Place, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Place)
{
    public override string Kind => "a mapping";

    public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
}
