namespace Authdog.Policies.Language;

/// <summary>A node of a file with its place. There are three kinds and no fourth.</summary>
internal abstract record YamlNode(Place Place)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Kind { get; }
}
