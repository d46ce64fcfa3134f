using System.Runtime.CompilerServices;
using Authdog.Gateway.Access.Treatments;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Forwarding;
using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>The identity headers that the gateway would send to the route's app, made by the very transform that sends them.</summary>
internal sealed class GrantedIdentity(IdentityNames names, NamedTreatments treatments, ForwardedIdentityCache identities, SigningKeyRing keys, PublicUrl publicUrl, TimeProvider time)
{
    // Weak keys: a route's transform lives as long as its configuration.
    private readonly ConditionalWeakTable<RouteModel, IdentityTransform> _transforms = [];

    /// <summary>All names that some route uses, empty where this request has nothing to say: what is not overwritten would be the client's word (B5).</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(HttpContext context, RouteModel route)
    {
        using var message = new HttpRequestMessage();
        await _transforms.GetValue(route, Create).ApplyAsync(new RequestTransformContext { HttpContext = context, ProxyRequest = message });
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names.All)
        {
            headers[name] = string.Empty;
        }

        foreach (var (name, values) in message.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        return headers;
    }

    private IdentityTransform Create(RouteModel route)
    {
        // The route filter has refused routes with mistakes.
        List<RouteError> none = [];
        return new IdentityTransform(route.Config.RouteId, RouteSettingsReader.Read(route.Config, none), treatments, identities, keys, publicUrl, time);
    }
}
