using System.Text.Json.Serialization;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>What browsers and password managers look for at fixed places. Each is answered only while there is something to say; otherwise the place is the app's.</summary>
internal static class WellKnownEndpoints
{
    internal const string RelatedOrigins = "/.well-known/webauthn";
    internal const string PasskeyEndpoints = "/.well-known/passkey-endpoints";
    internal const string ChangePassword = "/.well-known/change-password";

    /// <param name="endpoints">Before every upstream route.</param>
    /// <param name="passwordPage">Where a password is changed.</param>
    public static void MapWellKnown(this IEndpointRouteBuilder endpoints, string passwordPage)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<PasskeyOptions>>().Value;
        endpoints.MapGet(ChangePassword, () => TypedResults.Redirect(passwordPage)).AllowAnonymous();
        if (!options.Enabled)
        {
            return;
        }

        endpoints.MapGet(PasskeyEndpoints, GetPasskeyEndpoints).AllowAnonymous();
        if (options.RelatedOrigins.Count > 0)
        {
            endpoints.MapGet(RelatedOrigins, GetRelatedOrigins).AllowAnonymous();
        }
    }

    // WebAuthn Level 3, section 5.11: browsers fetch it from https://{RP ID}/.
    private static JsonHttpResult<Origins> GetRelatedOrigins(HttpResponse response, IOptions<PasskeyOptions> options, IOptions<PublicUrlOptions> reach)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(new Origins([reach.Value.PublicUrl.GetLeftPart(UriPartial.Authority), .. options.Value.RelatedOrigins]));
    }

    // W3C, "A Well-Known URL for Relying Party Passkey Endpoints".
    private static JsonHttpResult<Places> GetPasskeyEndpoints(HttpResponse response, IOptions<PublicUrlOptions> reach)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(new Places(reach.Value.Link(PasskeyPaths.Add), reach.Value.Link(PasskeyPaths.List)));
    }

    private sealed record Origins([property: JsonPropertyName("origins")] IReadOnlyList<string> All);

    private sealed record Places([property: JsonPropertyName("enroll")] string Enroll, [property: JsonPropertyName("manage")] string Manage);
}
