using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Pages;

/// <summary>Chooses a request's language: the <c>lang</c> parameter, then the <c>authdog-lang</c> cookie, then <c>Accept-Language</c>, then the first one offered.</summary>
public sealed class PageLanguage(RequestBrand brand)
{
    internal const string Parameter = "lang";
    internal const string CookieName = "authdog-lang";

    /// <summary>The request's texts; a choice by parameter is remembered in the cookie.</summary>
    public PageTexts Choose(HttpContext context)
    {
        var own = brand.For(context);
        var offered = own.OfferedLanguages;
        if (Match(offered, context.Request.Query[Parameter]) is { } asked)
        {
            context.Response.Cookies.Append(CookieName, asked, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            });
            return own.TextsIn(asked);
        }

        return own.TextsIn(Match(offered, context.Request.Cookies[CookieName]) ?? FromHeader(offered, context.Request) ?? offered[0]);
    }

    private static string? FromHeader(IReadOnlyList<string> offered, HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => Match(offered, range.Value.Value?.Split('-')[0]))
            .FirstOrDefault(language => language is not null);

    private static string? Match(IReadOnlyList<string> offered, string? language) =>
        offered.FirstOrDefault(one => string.Equals(one, language, StringComparison.OrdinalIgnoreCase));
}
