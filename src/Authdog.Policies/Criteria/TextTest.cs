using System.Text.RegularExpressions;

namespace Authdog.Policies.Criteria;

/// <summary>What a text that a client sent must be: one of several, or what an expression describes; without either, anything.</summary>
/// <param name="values">Values of which one is enough.</param>
/// <param name="written">The expression as written.</param>
/// <param name="expression">The expression, anchored.</param>
/// <param name="wide">Whether a hit takes access away.</param>
internal sealed class TextTest(string[] values, string? written, Regex? expression, bool wide)
{
    private readonly StringComparison comparison = wide ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether a hit takes access away: then one of several texts is enough, and letter case does not matter.</summary>
    public bool IsWide => wide;

    /// <summary>The expression as written, if there is one.</summary>
    public string? Expression => written;

    public bool Holds(ReadOnlySpan<char> text)
    {
        foreach (var value in values)
        {
            if (text.Equals(value, comparison))
            {
                return true;
            }
        }

        return expression?.IsMatch(text) ?? values.Length == 0;
    }

    /// <inheritdoc/>
    public override string ToString() => expression is not null ? $"like {written}" : values.Length == 0 ? "present" : $"= {Wording.AnyOf(values)}";
}
