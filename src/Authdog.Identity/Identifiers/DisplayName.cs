namespace Authdog.Identity.Identifiers;

/// <summary>Names as people type them for others to read.</summary>
public static class DisplayName
{
    /// <summary>Longest name.</summary>
    public const int MaxLength = 100;

    /// <summary>Whether a text may be shown as a name: not too long, and without control characters, line and paragraph separators, and marks that turn the direction of what follows the name on somebody else's page (I13).</summary>
    public static bool IsAcceptable(string text) => text.Length <= MaxLength && !text.Any(IsDeceptive);

    /// <summary>Whether a letter does not show as itself.</summary>
    public static bool IsDeceptive(char letter) => char.IsControl(letter) || letter is >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
