using Authdog.Gateway.Access;
using Authdog.Gateway.Access.Treatments;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Tells the app who asks. One instance per route and configuration; the last of the route's transforms, so that its word stands.</summary>
internal sealed class IdentityTransform(
    string route,
    RouteSettings settings,
    NamedTreatments treatments,
    ForwardedIdentityCache identities,
    SigningKeyRing keys,
    PublicUrl publicUrl,
    TimeProvider time) : RequestTransform
{
    private readonly string[] _names = [IdentityHeaderNames.Assertion, .. settings.Headers.All.Concat(treatments.IdentityHeaders).Distinct(StringComparer.OrdinalIgnoreCase)];

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var headers = context.ProxyRequest.Headers;
        foreach (var name in _names)
        {
            headers.Remove(name);
        }

        var access = context.HttpContext.Features.Get<AccessFeature>();
        if (access is not { Decision.PassesIdentity: true, Session: { } session })
        {
            return default;
        }

        var identity = identities.Of(session);
        var key = keys.Current(SigningKeyRing.AssertionPurpose);
        var names = access.Decision.Treatment.HeaderMapping is { } mapping ? treatments.Mapping(mapping) ?? settings.Headers : settings.Headers;
        headers.TryAddWithoutValidation(
            IdentityHeaderNames.Assertion,
            identity.Assertion(key, publicUrl.Value, route, settings, time.GetUtcNow()));
        headers.TryAddWithoutValidation(names.User, identity.User);
        headers.TryAddWithoutValidation(names.Email, identity.Email);
        headers.TryAddWithoutValidation(names.Name, identity.Name);
        headers.TryAddWithoutValidation(names.Tenant, identity.Tenant);
        headers.TryAddWithoutValidation(names.Roles, identity.Roles);
        return default;
    }
}
