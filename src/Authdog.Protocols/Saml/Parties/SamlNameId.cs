namespace Authdog.Protocols.Saml.Parties;

/// <summary>How the identity provider names a person.</summary>
/// <param name="Value">The name, without white space at its ends.</param>
/// <param name="Format">Its format; <see langword="null"/> when not given.</param>
/// <param name="NameQualifier">Domain of the name.</param>
/// <param name="SpNameQualifier">Service provider, or group of them, that the name is for.</param>
public sealed record SamlNameId(string Value, string? Format, string? NameQualifier, string? SpNameQualifier)
{
    /// <summary>Whether the name changes at every sign-in, and so cannot be the key of an account.</summary>
    public bool IsTransient => Format == NameIdFormats.Transient;

    /// <summary>Never the name.</summary>
    public override string ToString() => $"SamlNameId({Format})";
}
