namespace Authdog.Protocols.Saml.Xml;

/// <summary>Character data; CDATA sections and references are resolved, comments between two runs are gone.</summary>
internal sealed class Text(string value) : Node
{
    public string Value { get; } = value;
}
