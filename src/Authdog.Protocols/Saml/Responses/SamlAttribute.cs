namespace Authdog.Protocols.Saml.Responses;

/// <summary>An attribute of the person, as asserted.</summary>
/// <param name="Name">Its name, often a URI.</param>
/// <param name="NameFormat">How the name is to be read.</param>
/// <param name="FriendlyName">A name for people; not to be relied upon.</param>
/// <param name="Values">Its values in order, each without white space at its ends; <c>xsi:nil</c> is no value.</param>
#pragma warning disable CA1711 // The standard's word; nobody takes it for an attribute of .NET.
public sealed record SamlAttribute(string Name, string? NameFormat, string? FriendlyName, IReadOnlyList<string> Values)
{
    /// <summary>Never the values.</summary>
    public override string ToString() => $"SamlAttribute({Name}, {Values.Count})";
}
