using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Authdog.Identity.Users.Import;

/// <summary>Reads one JSON object a line; empty lines are passed over.</summary>
internal static class JsonRows
{
    private const int MaxLine = 64 * 1024;
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    public static async IAsyncEnumerable<ImportRow> ReadAsync(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Read(number, line.TrimStart('\uFEFF'));
            }
        }
    }

    private static ImportRow Read(int number, string line)
    {
        if (line.Length > MaxLine)
        {
            return ImportRow.Unreadable(number, $"This line is longer than {MaxLine / 1024} KiB.");
        }

        try
        {
            using var document = JsonDocument.Parse(line, s_reading);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return ImportRow.Unreadable(number, "This is no JSON object.");
            }

            Dictionary<string, string[]> fields = new(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!ImportFields.All.Contains(member.Name))
                {
                    return ImportRow.Unreadable(number, $"There is no field '{(member.Name.Length > 40 ? member.Name[..40] + "…" : member.Name)}'. Fields are {string.Join(", ", ImportFields.All)}.");
                }

                if (Values(member.Name, member.Value) is not { } values)
                {
                    return ImportRow.Unreadable(number, $"'{member.Name}' takes {Expected(member.Name)}.");
                }

                if (values.Length > 0)
                {
                    fields.Add(member.Name, values);
                }
            }

            return new ImportRow(number, fields);
        }
        catch (JsonException exception)
        {
            return ImportRow.Unreadable(number, $"This is no JSON: {exception.Message}");
        }
    }

    private static string[]? Values(string name, JsonElement value) => (name, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => [],
        (ImportFields.EmailVerified or ImportFields.Disabled, JsonValueKind.True) => ["true"],
        (ImportFields.EmailVerified or ImportFields.Disabled, JsonValueKind.False) => ["false"],
        (ImportFields.EmailVerified or ImportFields.Disabled, _) => null,
        (ImportFields.Roles or ImportFields.Groups, JsonValueKind.Array) => value.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String) ? [.. value.EnumerateArray().Select(static item => item.GetString()!)] : null,
        (ImportFields.Roles or ImportFields.Groups, _) => null,
        (_, JsonValueKind.String) => [value.GetString()!],
        _ => null,
    };

    private static string Expected(string name) => name switch
    {
        ImportFields.EmailVerified or ImportFields.Disabled => "true or false",
        ImportFields.Roles or ImportFields.Groups => "a list of texts",
        _ => "a text",
    };
}
