using System.Text.Json;
using System.Text.Json.Nodes;

namespace Authdog.Gateway.Commands.Sso;

/// <summary>Reads <c>name=value</c> as settings of an OpenID Connect connection.</summary>
internal static class OidcSettingsText
{
    /// <summary>The settings by their names; what is wrong is added to the mistakes.</summary>
    public static JsonObject Read(IEnumerable<string> texts, List<string> mistakes)
    {
        JsonObject settings = [];
        foreach (var text in texts)
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var end)
            {
                settings[text[..end]] = Value(text[(end + 1)..]);
            }
            else
            {
                mistakes.Add($"AG5336 '{text}' is no setting. Write name=value, such as userInfo=false.");
            }
        }

        return settings;
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
