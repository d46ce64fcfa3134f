using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>Chooses a request's language: the <c>lang</c> parameter, then the <c>authdog-lang</c> cookie, then <c>Accept-Language</c>, then the first one offered.</summary>
public sealed class PageLanguage(IOptions<BrandOptions> brand)
{
    internal const string Parameter = "lang";
    internal const string CookieName = "authdog-lang";

    private readonly IReadOnlyList<string> _offered = brand.Value.OfferedLanguages;

    /// <summary>Languages in the order of the footer.</summary>
    internal IReadOnlyList<string> Offered => _offered;

    /// <summary>The request's texts; a choice by parameter is remembered in the cookie.</summary>
    public PageTexts Choose(HttpContext context)
    {
        if (Match(context.Request.Query[Parameter]) is { } asked)
        {
            context.Response.Cookies.Append(CookieName, asked, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            });
            return PageTexts.For(asked)!;
        }

        return PageTexts.For(Match(context.Request.Cookies[CookieName]) ?? FromHeader(context.Request) ?? _offered[0])!;
    }

    private string? FromHeader(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => Match(range.Value.Value?.Split('-')[0]))
            .FirstOrDefault(language => language is not null);

    private string? Match(string? language) => _offered.FirstOrDefault(offered => string.Equals(offered, language, StringComparison.OrdinalIgnoreCase));
}
