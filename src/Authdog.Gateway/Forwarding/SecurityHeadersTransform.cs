using Authdog.Gateway.Access;
using Authdog.Gateway.Access.Treatments;
using Authdog.Gateway.Routing;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Gives an app's answers the security headers that the policy chose, or else its route. What the app says itself stands.</summary>
internal sealed class SecurityHeadersTransform(AppSecurityHeaders choice, NamedTreatments treatments) : ResponseTransform
{
    private readonly KeyValuePair<string, string>[] _ofRoute = AppSecurityHeaderSets.Of(choice);

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        var chosen = context.HttpContext.Features.Get<AccessFeature>()?.Decision.Treatment.SecurityHeaders;
        var headers = context.HttpContext.Response.Headers;
        foreach (var (name, value) in chosen is null ? _ofRoute : treatments.SecurityHeaders(chosen) ?? _ofRoute)
        {
            headers.TryAdd(name, value);
        }

        return default;
    }
}
