using System.Text.Json.Serialization;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Passkeys;

/// <summary>What browsers and password managers look for at fixed places. Each is answered only while there is something to say; otherwise the place is the app's.</summary>
internal static class WellKnownEndpoints
{
    /// <param name="endpoints">Before every upstream route.</param>
    /// <param name="passwordPage">Where a password is changed.</param>
    public static void MapWellKnown(this IEndpointRouteBuilder endpoints, string passwordPage)
    {
        // W3C, "A Well-Known URL for Changing Passwords".
        endpoints.MapGet("/.well-known/change-password", () => TypedResults.Redirect(passwordPage)).AllowAnonymous();
        endpoints.MapGet("/.well-known/{place:" + WellKnownPlace.Name + "}", Get).AllowAnonymous();
    }

    private static IResult Get(string place, HttpContext context, TenantOptions<PasskeyOptions> options, RelyingParties parties, CurrentTenant tenant)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        var own = parties.OriginsOf(tenant.Record);
        return place == WellKnownPlace.RelatedOrigins ? RelatedOrigins([.. own, .. options.Value.RelatedOrigins]) : Places(parties.Find(context)?.Origin ?? own[0]);
    }

    // WebAuthn Level 3, section 5.11: browsers fetch it from https://{RP ID}/.
    private static JsonHttpResult<Origins> RelatedOrigins(IReadOnlyList<string> origins) => TypedResults.Json(new Origins(origins));

    // W3C, "A Well-Known URL for Relying Party Passkey Endpoints".
    private static JsonHttpResult<PasskeyPlaces> Places(string origin) => TypedResults.Json(new PasskeyPlaces(origin + PasskeyPaths.Add, origin + PasskeyPaths.List));

    private sealed record Origins([property: JsonPropertyName("origins")] IReadOnlyList<string> All);

    private sealed record PasskeyPlaces([property: JsonPropertyName("enroll")] string Enroll, [property: JsonPropertyName("manage")] string Manage);
}
