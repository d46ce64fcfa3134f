using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Sso.Oidc;

namespace Authdog.Gateway.Commands;

/// <summary>Reads <c>name=value</c> into the settings of an OpenID Connect connection.</summary>
internal static class OidcSettingsText
{
    private static readonly string[] s_secrets = ["clientSecret", "signingKey", "decryptionKey"];

    /// <summary>The settings with one of them changed; the same, and what is wrong, when it cannot be.</summary>
    public static OidcSettings Set(OidcSettings settings, string text, List<string> mistakes)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        if (end <= 0 || s_secrets.Contains(text[..end], StringComparer.OrdinalIgnoreCase))
        {
            mistakes.Add($"AG5332 '{(end <= 0 ? text : text[..end])}' is no setting that can be given here. Write name=value; secrets come by --client-secret-stdin, --authentication and --encryption.");
            return settings;
        }

        var document = JsonNode.Parse(settings.ToJson())!.AsObject();
        document[text[..end]] = Value(text[(end + 1)..]);
        try
        {
            return OidcSettings.Parse(document.ToJsonString());
        }
        catch (JsonException exception)
        {
            mistakes.Add($"AG5333 '{text[..end]}' cannot be set so: {exception.Message}");
            return settings;
        }
    }

    // true, 300, [..] and {..} are JSON; everything else is a text.
    private static JsonNode? Value(string text)
    {
        if (text is "true" or "false" or "null" || text.StartsWith('[') || text.StartsWith('{') || text.StartsWith('"') || (text.Length > 0 && text.All(char.IsAsciiDigit)))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // Taken as text: the settings' own reading says what is wrong with it.
            }
        }

        return JsonValue.Create(text);
    }
}
