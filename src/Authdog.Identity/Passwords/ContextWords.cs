namespace Authdog.Identity.Passwords;

/// <summary>Words that an attacker who knows the user tries first.</summary>
internal static class ContextWords
{
    private const int ShortestWord = 4;
    private const int LeastOfItsOwn = 5;

    /// <summary>Whether, with the words taken out, fewer than five characters are left of the text (lower case).</summary>
    public static bool IsMostly(string text, IEnumerable<string> words)
    {
        var parts = words
            .SelectMany(word => Parts(word.Normalize().ToLowerInvariant()))
            .Where(word => word.Length >= ShortestWord)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(word => word.Length);
        var left = parts.Aggregate(text, (rest, word) => rest.Replace(word, string.Empty, StringComparison.Ordinal));
        return left.Length < text.Length && left.Count(char.IsLetterOrDigit) < LeastOfItsOwn;
    }

    private static IEnumerable<string> Parts(string word) =>
        [word, .. word.Split([.. word.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries)];
}
