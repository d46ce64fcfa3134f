using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Challenges;

/// <summary>The challenge of routes, and the mark of forms that can be challenged.</summary>
internal static class ChallengeEndpoints
{
    public static void MapChallenges(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Challenge, Show);
        endpoints.MapPost(PagePaths.Challenge, Post);
    }

    /// <summary>Lets a form be challenged; <paramref name="account"/> says which account it is about, as far as it does.</summary>
    public static RouteHandlerBuilder Challenged(this RouteHandlerBuilder endpoint, string ceremony, Func<HttpContext, ValueTask<string?>>? account = null) =>
        endpoint.WithMetadata(new ChallengedForm(ceremony, account ?? TypedEmail));

    private static ValueTask<string?> TypedEmail(HttpContext context) =>
        ValueTask.FromResult(Identifiers.EmailAddress.TryParse(context.Request.Form["email"], out var email) ? email.Normalized : null);

    private static IResult Show(HttpContext context, ChallengeCeremony ceremony) => ceremony.Show(context);

    private static Task<IResult> Post(HttpContext context, ChallengeCeremony ceremony) => ceremony.PostAsync(context);
}
