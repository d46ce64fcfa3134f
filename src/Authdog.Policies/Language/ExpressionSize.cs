using System.Globalization;

namespace Authdog.Policies.Language;

/// <summary>How large a regular expression becomes once its counted repetitions are written out.</summary>
internal static class ExpressionSize
{
    private const long Enough = 1_000_000;

    /// <summary>An estimate, never too small by more than the options of a class; anything above a million is a million.</summary>
    public static long Of(string expression)
    {
        Stack<(long Total, long Last)> outer = new();
        var (total, last) = (0L, 0L);
        for (var i = 0; i < expression.Length; i++)
        {
            switch (expression[i])
            {
                case '(':
                    outer.Push((total, last));
                    (total, last) = (0, 0);
                    break;
                case ')' when outer.Count > 0:
                    last = total + 1;
                    total = Math.Min(Enough, outer.Pop().Total + last);
                    break;
                case '[':
                    i = EndOfClass(expression, i);
                    (total, last) = (total + 1, 1);
                    break;
                case '\\':
                    i = EndOfEscape(expression, i);
                    (total, last) = (total + 1, 1);
                    break;
                case '{' when Repetition(expression, i) is { } times:
                    total = Math.Min(Enough, total + (last * (times - 1)));
                    last = Math.Min(Enough, last * times);
                    break;
                case '*' or '+' or '?' or '|':
                    break;
                default:
                    (total, last) = (total + 1, 1);
                    break;
            }
        }

        return Math.Min(Enough, total);
    }

    private static int EndOfEscape(string expression, int start)
    {
        var isCategory = start + 2 < expression.Length && expression[start + 1] is 'p' or 'P' && expression[start + 2] == '{';
        var end = isCategory ? expression.IndexOf('}', start) : -1;
        return end < 0 ? start + 1 : end;
    }

    private static int EndOfClass(string expression, int start)
    {
        for (var i = start + 1; i < expression.Length; i++)
        {
            if (expression[i] == '\\')
            {
                i++;
            }
            else if (expression[i] == ']' && i > start + 1)
            {
                return i;
            }
        }

        return expression.Length;
    }

    // {n}, {n,} or {n,m}: the largest number that is written.
    private static long? Repetition(string expression, int start)
    {
        var end = expression.IndexOf('}', start);
        if (end < 0)
        {
            return null;
        }

        var numbers = expression[(start + 1)..end].Split(',');
        var largest = 1L;
        foreach (var number in numbers)
        {
            if (number.Length == 0)
            {
                continue;
            }

            if (number.AsSpan().ContainsAnyExceptInRange('0', '9'))
            {
                return null;
            }

            largest = Math.Max(largest, long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? Math.Min(times, Enough) : Enough);
        }

        return largest;
    }
}
