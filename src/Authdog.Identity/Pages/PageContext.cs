namespace Authdog.Identity.Pages;

/// <summary>What every page needs of its request.</summary>
/// <param name="Texts">Texts in the request's language.</param>
/// <param name="Brand">Product name and look.</param>
/// <param name="Languages">The footer's choices.</param>
/// <param name="AntiforgeryToken">Value of the forms' antiforgery field; asking for it hands out its cookie, so a page without a form does not.</param>
/// <param name="AssetsVersion">Changes when an asset does; part of its address.</param>
public sealed record PageContext(
    PageTexts Texts,
    BrandOptions Brand,
    IReadOnlyList<LanguageChoice> Languages,
    Lazy<string> AntiforgeryToken,
    string AssetsVersion);
