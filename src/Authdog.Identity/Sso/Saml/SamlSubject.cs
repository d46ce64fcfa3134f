using System.Text.Json;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Identity.Sso.Saml;

/// <summary>A name identifier as a session keeps it, whole: a logout has to name the person exactly as the assertion did.</summary>
internal static class SamlSubject
{
    public static string Write(SamlNameId id) => JsonSerializer.Serialize(new[] { id.Value, id.Format, id.NameQualifier, id.SpNameQualifier });

    /// <summary>The identifier; null when the text is none.</summary>
    public static SamlNameId? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(text) is [{ } value, var format, var from, var to] ? new SamlNameId(value, format, from, to) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
