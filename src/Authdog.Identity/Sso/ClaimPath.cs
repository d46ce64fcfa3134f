using System.Text.Json;

namespace Authdog.Identity.Sso;

/// <summary>Finds a claim by its name or by a path into nested objects.</summary>
internal static class ClaimPath
{
    private const int MaxDepth = 8;

    /// <summary>The claim of this very name (which may have dots, as URIs do); otherwise the member at the path; null when there is neither.</summary>
    public static JsonElement? Find(JsonElement claims, string path)
    {
        if (claims.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        if (claims.TryGetProperty(path, out var whole))
        {
            return whole;
        }

        var at = claims;
        foreach (var part in path.Split('.', MaxDepth))
        {
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(part, out at))
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>The texts of a claim: one, or those of a list. Numbers and yes-or-no are as JSON writes them; objects are left out.</summary>
    public static IEnumerable<string> Texts(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(static item => item.ToString()),
        { ValueKind: JsonValueKind.String or JsonValueKind.Number } one => [one.ToString()],
        { ValueKind: JsonValueKind.True } => ["true"],
        { ValueKind: JsonValueKind.False } => ["false"],
        _ => [],
    };

    /// <summary>The text of a claim; null when it is no text.</summary>
    public static string? Text(JsonElement claims, string path) => Find(claims, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
