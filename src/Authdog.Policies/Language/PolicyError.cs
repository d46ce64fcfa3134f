namespace Authdog.Policies.Language;

/// <summary>One mistake in one file, with everything that is needed to mend it.</summary>
/// <param name="Code">Searchable code, <c>AG2…</c>.</param>
/// <param name="File">Path of the file as it was reached.</param>
/// <param name="Line">Line, from 1; 0 when the mistake is the file itself.</param>
/// <param name="Column">Column, from 1; 0 when the mistake is the file itself.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Value">The offending value, as written; <see langword="null"/> when something is absent.</param>
/// <param name="Cure">What to write instead.</param>
public sealed record PolicyError(
    string Code,
    string File,
    int Line,
    int Column,
    string Message,
    string? Value,
    string Cure)
{
    private const int LongestValue = 80;

    /// <summary><c>AG2103 policies/staff.yaml(12,7): message 'value'. Cure.</c> on one line.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}({Line},{Column})" : File;
        return Value is null
            ? $"{Code} {place}: {Message}. {Cure}"
            : $"{Code} {place}: {Message}: '{Shorten(Value)}'. {Cure}";
    }

    // One line, and nothing that a terminal would obey: the value is whatever the file holds.
    private static string Shorten(string value)
    {
        var clean = string.Create(Math.Min(value.Length, LongestValue), value, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
        return value.Length > LongestValue ? clean + "…" : clean;
    }
}
