using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What providers and the browsers that they send reach. None of it is a form of the gateway's own: what protects them is said where each is judged.</summary>
internal static class OidcEndpoints
{
    private const int MaxForm = 96 * 1024;

    public static void MapOidc(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(ConnectionPaths.Oidc + "/{connection}/callback", [HttpMethods.Get, HttpMethods.Post], Callback);
        endpoints.MapPost(OidcPaths.BackChannelLogout("{connection}"), PostLogoutAsync);
        endpoints.MapGet(OidcPaths.FrontChannelLogout("{connection}"), ShowLogout);
        endpoints.MapGet(OidcPaths.Jwks("{connection}"), JwksAsync);
    }

    private static Task<IResult> Callback(HttpContext context, string connection, OidcCeremony ceremony) => ceremony.CallbackAsync(context, connection);

    private static Task<IResult> ShowLogout(HttpContext context, string connection, BackChannelLogout logout) => logout.ShowAsync(context, connection);

    private static async Task<IResult> PostLogoutAsync(HttpContext context, string connection, BackChannelLogout logout)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true || context.Request.ContentLength > MaxForm)
        {
            return await logout.PostAsync(context, connection, token: null);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = MaxForm;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 16, KeyLengthLimit = 64, ValueLengthLimit = MaxForm }, context.RequestAborted);
            return await logout.PostAsync(context, connection, form["logout_token"] is [{ } one] ? one : null);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return await logout.PostAsync(context, connection, token: null);
        }
    }

    // Of a connection that is switched off too: it is set up before it is used. Public keys alone: what signs for private_key_jwt, and what ID tokens may be encrypted for.
    private static async Task<IResult> JwksAsync(HttpContext context, string connection, Connections connections, OidcProviders providers, CurrentTenant tenant, ErrorPages errors)
    {
        if (!Connection.IsSlug(connection) || (await connections.OfAsync(tenant.Id, context.RequestAborted)).Find(connection) is not { Kind: ConnectionKind.Oidc } found)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var provider = providers.Of(found);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(new { keys = new[] { Public(provider.SigningKey, "sig", "RS256"), Public(provider.DecryptionKey, "enc", null) }.OfType<Dictionary<string, string>>() });
    }

    // Without an algorithm (RFC 7517, section 4.4) where both of RSA-OAEP and RSA-OAEP-256 will do.
    private static Dictionary<string, string>? Public(RsaSecurityKey? key, string use, string? algorithm)
    {
        if (key is null)
        {
            return null;
        }

        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        Dictionary<string, string> shown = new() { ["kty"] = "RSA", ["use"] = use, ["kid"] = key.KeyId, ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent) };
        if (algorithm is not null)
        {
            shown["alg"] = algorithm;
        }

        return shown;
    }
}
