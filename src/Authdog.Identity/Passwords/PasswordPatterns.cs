namespace Authdog.Identity.Passwords;

/// <summary>Long passwords that a list of common ones cannot hold, because they are made by rule: repetitions, sequences, rows of keys.</summary>
internal static class PasswordPatterns
{
    private const int TrivialUnit = 7;

    private static readonly string[] s_runs =
    [
        "0123456789",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjklzxcvbnm",
        "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn",
        "1234567890qwertyuiopasdfghjklzxcvbnm",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
        "1q2w3e4r5t6y7u8i9o0p",
    ];

    /// <summary>Whether the text (lower case) repeats a few characters or runs along the digits, the alphabet or the keyboard.</summary>
    public static bool IsTrivial(string text) => RepeatedUnit(text).Length <= TrivialUnit || s_runs.Any(run => RunsAlong(text, run));

    /// <summary>The shortest text of which this one is a repetition, the last one possibly cut off; itself when there is none.</summary>
    public static string RepeatedUnit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
            {
                return text[..length];
            }
        }

        return text;
    }

    private static bool RunsAlong(string text, string run)
    {
        var around = string.Concat(Enumerable.Repeat(run, (text.Length / run.Length) + 2));
        return around.Contains(text, StringComparison.Ordinal)
            || new string([.. around.Reverse()]).Contains(text, StringComparison.Ordinal);
    }
}
