using Authdog.Identity.Pages;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Social;

/// <summary>Where social providers send the browser back to.</summary>
internal static class SocialEndpoints
{
    public static void MapSocial(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/.authdog/social/{provider}/callback", [HttpMethods.Get, HttpMethods.Post], CallbackAsync);

    private static async Task<IResult> CallbackAsync(HttpContext context, string provider, SocialProviders providers, OAuthProtocol oauth, ExternalSignIn signIn, OidcCeremony ceremony, ErrorPages errors) =>
        providers.Find(provider) switch
        {
            null => errors.Page(context, ErrorKind.NotFound),
            { IsOidc: true } found => await ceremony.CallbackAsync(context, found.Connection, SocialMethod.MethodName),
            var found => await ceremony.CallbackAsync(context, found.Connection, SocialMethod.MethodName, (flow, code, payload) => oauth.AnswerAsync(context, flow, signIn, found, code, payload)),
        };
}
