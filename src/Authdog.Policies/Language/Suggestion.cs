namespace Authdog.Policies.Language;

/// <summary>Did you mean …?</summary>
internal static class Suggestion
{
    private const int LongestWord = 40;

    /// <summary>A cure that names the nearest known word, or else all of them.</summary>
    public static string Cure(string word, IEnumerable<string> known)
    {
        string[] words = [.. known];
        var best = word.Length > LongestWord ? null : words.MinBy(candidate => Distance(word, candidate));
        return best is not null && Distance(word, best) <= Math.Max(1, best.Length / 3)
            ? $"Did you mean '{best}'?"
            : $"Write one of: {string.Join(", ", words)}";
    }

    // Levenshtein, two rows.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
