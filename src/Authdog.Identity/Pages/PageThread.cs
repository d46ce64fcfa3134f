using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Identity.Pages;

/// <summary>What makes a request's page the same page again, in another language or after its form was refused: the address, and what a form posts that the address needs.</summary>
internal static class PageThread
{
    private static readonly string[] s_fields = ["flow", "token", "return", "cancel", "unasked", "id"];

    /// <summary>The query of that page, but for its language.</summary>
    public static QueryBuilder Of(HttpRequest request)
    {
        QueryBuilder query = new(request.Query
            .Where(static pair => pair.Key != PageLanguage.Parameter)
            .SelectMany(static pair => pair.Value, static (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty)));

        // Only a form that was read within its bounds: asking for another would read it here.
        var form = request.HttpContext.Features.Get<IFormFeature>()?.Form;
        foreach (var name in s_fields)
        {
            if (!request.Query.ContainsKey(name) && form?[name].ToString() is { Length: > 0 } value)
            {
                query.Add(name, value);
            }
        }

        return query;
    }
}
