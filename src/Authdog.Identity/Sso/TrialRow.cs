namespace Authdog.Identity.Sso;

/// <summary>Something that was said about a person in a trial.</summary>
/// <param name="Name">The claim or attribute, or <c>NameID</c>.</param>
/// <param name="Values">Its values, as far as a page has room.</param>
/// <param name="Becomes">Key of the text that says what it becomes; null when it is not used.</param>
internal sealed record TrialRow(string Name, string Values, string? Becomes)
{
    /// <summary>Most rows of a report.</summary>
    public const int Most = 50;

    private const int MaxText = 300;

    /// <summary>One with as much of both as a page has room for.</summary>
    public static TrialRow Of(string name, string values, string? becomes) => new(Cut(name), Cut(values), becomes);

    private static string Cut(string text) => text.Length > MaxText ? text[..MaxText] + "…" : text;
}
