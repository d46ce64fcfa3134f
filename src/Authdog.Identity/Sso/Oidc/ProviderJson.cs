using System.Text.Json;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Reads JSON that a provider sent: one object, no name twice, not deep.</summary>
internal static class ProviderJson
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The object of an answer.</summary>
    /// <exception cref="ExternalFailureException">It is none, or the answer says that it is something else.</exception>
    public static JsonElement Read(ProviderResponse response, ProviderCall call)
    {
        if (response.MediaType is not { } type || !(type == "application/json" || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal))))
        {
            throw call.Failed($"the provider answered {(int)response.Status} with no JSON");
        }

        return TryRead(response.Body) ?? throw call.Failed("the provider's JSON is broken, no object, or says something twice");
    }

    /// <summary>The object; null when it is none.</summary>
    public static JsonElement? TryRead(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text; null when the member is absent or no text.</summary>
    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>A code of a standard that may stand in logs; a word of ours for anything else.</summary>
    public static string Code(string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? text : "unreadable";
}
