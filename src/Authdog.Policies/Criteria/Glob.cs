namespace Authdog.Policies.Criteria;

/// <summary>One segment with <c>*</c> for any run of characters.</summary>
internal static class Glob
{
    /// <summary>Whether the whole segment is like the pattern. A <c>*</c> alone wants at least one character.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> segment, bool ignoresCase)
    {
        if (pattern is "*")
        {
            return !segment.IsEmpty;
        }

        var (wanted, position) = (0, 0);
        var (again, from) = (-1, 0);
        while (position < segment.Length)
        {
            if (wanted < pattern.Length && pattern[wanted] == '*')
            {
                (again, from) = (++wanted, position);
            }
            else if (wanted < pattern.Length && Same(pattern[wanted], segment[position], ignoresCase))
            {
                wanted++;
                position++;
            }
            else if (again >= 0)
            {
                (wanted, position) = (again, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern[wanted..].Trim('*').IsEmpty;
    }

    private static bool Same(char left, char right, bool ignoresCase) =>
        left == right || (ignoresCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));
}
