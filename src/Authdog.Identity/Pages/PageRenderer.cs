using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Authdog.Identity.Pages;

/// <summary>Turns a component and its parameters into a response with the headers that every page of the gateway has.</summary>
public sealed class PageRenderer(IAntiforgery antiforgery, PageLanguage language, PageAssets assets, RequestBrand brand)
{
    internal const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    // What a page posted that its address needs, to be the same page in another language.
    private static readonly string[] s_thread = ["flow", "token", "return"];

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
        var query = new QueryBuilder(request.Query
            .Where(pair => pair.Key != PageLanguage.Parameter)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty)));
        // Only a form that was read within its bounds: asking for another would read it here.
        var form = request.HttpContext.Features.Get<IFormFeature>()?.Form;
        foreach (var name in s_thread)
        {
            if (!request.Query.ContainsKey(name) && form?[name].ToString() is { Length: > 0 } value)
            {
                query.Add(name, value);
            }
        }

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
