using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Passkeys;

/// <summary>Takes those places under <c>/.well-known/</c> of which the request's tenant has something to say; the others are the app's.</summary>
internal sealed class WellKnownPlace(OptionsOverlay<PasskeyOptions> options) : IRouteConstraint
{
    public const string Name = "authdog-passkeys";
    public const string RelatedOrigins = "webauthn";
    public const string PasskeyEndpoints = "passkey-endpoints";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        if (httpContext is null || options.For(httpContext) is not { Enabled: true } own)
        {
            return false;
        }

        return values[routeKey] switch
        {
            RelatedOrigins => own.RelatedOrigins.Count > 0,
            PasskeyEndpoints => true,
            _ => false,
        };
    }
}
