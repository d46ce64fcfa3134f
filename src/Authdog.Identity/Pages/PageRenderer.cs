using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Authdog.Identity.Pages;

/// <summary>Turns a component and its parameters into a response with the headers that every page of the gateway has.</summary>
public sealed class PageRenderer(IAntiforgery antiforgery, PageLanguage language, PageAssets assets, RequestBrand brand)
{
    internal const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The page as a result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="parameters">The component's parameters but <c>Page</c>.</param>
    public IResult Page<TPage>(HttpContext context, int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        Dictionary<string, object?> values = new() { ["Page"] = Describe(context) };
        foreach (var (name, value) in parameters)
        {
            values[name] = value;
        }

        WriteHeaders(context.Response);
        return new RazorComponentResult<TPage>(values) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>The request's texts.</summary>
    public PageTexts Texts(HttpContext context) => language.Choose(context);

    private PageContext Describe(HttpContext context)
    {
        var texts = language.Choose(context);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = texts.Culture;
        var own = brand.For(context);
        var choices = own.OfferedLanguages
            .Select(offered => new LanguageChoice(offered, own.TextsIn(offered).NativeName, AddressIn(context.Request, offered), offered == texts.Language))
            .ToList();
        return new PageContext(texts, own, choices, new Lazy<string>(() => AntiforgeryToken(context)), assets.For(context).Version);
    }

    // A token bound to the signed-in user would break the second of two tabs as soon as the first one signs in.
    // The pair of cookie and field still proves that the form came from this browser.
    private string AntiforgeryToken(HttpContext context)
    {
        var user = context.User;
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        try
        {
            return antiforgery.GetAndStoreTokens(context).RequestToken!;
        }
        finally
        {
            context.User = user;
        }
    }

    private static string AddressIn(HttpRequest request, string offered)
    {
        var query = PageThread.Of(request);
        query.Add(PageLanguage.Parameter, offered);
        return request.Path + query.ToString();
    }

    private static void WriteHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
