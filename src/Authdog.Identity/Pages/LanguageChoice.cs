namespace Authdog.Identity.Pages;

/// <summary>One language in a page's footer.</summary>
/// <param name="Language">Its tag.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Address">The same page in it.</param>
/// <param name="IsCurrent">Whether the page is already in it.</param>
public sealed record LanguageChoice(string Language, string Name, string Address, bool IsCurrent);
