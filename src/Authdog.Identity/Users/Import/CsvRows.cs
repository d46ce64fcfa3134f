using System.Runtime.CompilerServices;
using System.Text;

namespace Authdog.Identity.Users.Import;

/// <summary>Reads comma-separated values (RFC 4180). A field in quotes may have commas, line breaks and doubled quotes.</summary>
internal static class CsvRows
{
    private const int MaxRecord = 64 * 1024;
    private static readonly string[] s_lists = [ImportFields.Roles, ImportFields.Groups];

    public static async IAsyncEnumerable<ImportRow> ReadAsync(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[]? names = null;
        var next = 1;
        while (await ReadRecordAsync(reader, cancellationToken) is var (fields, lines, problem))
        {
            var line = next;
            next += lines;
            if (problem is not null)
            {
                yield return ImportRow.Unreadable(line, problem);
                yield break;
            }

            if (fields is [""])
            {
                continue;
            }

            if (names is null)
            {
                names = [.. fields.Select(field => field.Trim().TrimStart('\uFEFF'))];
                if (Header(names) is { } mistake)
                {
                    yield return ImportRow.Unreadable(line, mistake);
                    yield break;
                }
            }
            else if (fields.Count != names.Length)
            {
                yield return ImportRow.Unreadable(line, $"This line has {fields.Count} fields, and the line of names has {names.Length}. Put quotes around a field that has a comma.");
            }
            else
            {
                yield return new ImportRow(line, names.Zip(fields).Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First, pair => Values(pair.First, pair.Second), StringComparer.Ordinal));
            }
        }
    }

    private static string? Header(string[] names) =>
        names.FirstOrDefault(name => !ImportFields.All.Contains(name)) is { } unknown ? $"There is no field '{unknown}'. Fields are {string.Join(", ", ImportFields.All)}."
        : names.Distinct(StringComparer.Ordinal).Count() != names.Length ? "A field is named twice."
        : names.Contains(ImportFields.Email) ? null
        : $"The first line has to name the fields, '{ImportFields.Email}' among them.";

    private static string[] Values(string name, string text) => s_lists.Contains(name) ? text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text];

    private static async Task<(List<string> Fields, int Lines, string? Problem)?> ReadRecordAsync(TextReader reader, CancellationToken cancellationToken)
    {
        List<string> fields = [];
        StringBuilder field = new();
        var (lines, quoted, length) = (0, false, 0);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines++;
            length += line.Length;
            if (length > MaxRecord)
            {
                return ([], lines, $"This entry is longer than {MaxRecord / 1024} KiB: is a quote missing?");
            }

            for (var at = 0; at < line.Length; at++)
            {
                var letter = line[at];
                if (quoted && letter == '"' && at + 1 < line.Length && line[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else if (letter == '"' && (quoted || field.Length == 0))
                {
                    quoted = !quoted;
                }
                else if (letter == ',' && !quoted)
                {
                    fields.Add(field.ToString());
                    field.Clear();
                }
                else
                {
                    field.Append(letter);
                }
            }

            if (!quoted)
            {
                fields.Add(field.ToString());
                return (fields, lines, null);
            }

            field.Append('\n');
        }

        return lines == 0 ? null : (fields, lines, "A quote that opens here is never closed.");
    }
}
