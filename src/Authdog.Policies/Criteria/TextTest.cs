using System.Text.RegularExpressions;

namespace Authdog.Policies.Criteria;

/// <summary>What a text that a client sent must be: one of several, or what an expression describes; without either, anything.</summary>
internal sealed class TextTest(string[] values, Regex? expression, bool wide)
{
    private readonly StringComparison comparison = wide ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether a hit takes access away: then one of several texts is enough, and letter case does not matter.</summary>
    public bool IsWide => wide;

    public bool HasExpression => expression is not null;

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
    public override string ToString() => expression is not null ? $"like {expression}" : values.Length == 0 ? "present" : $"= {Wording.AnyOf(values)}";
}
