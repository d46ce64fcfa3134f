using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Authdog.Gateway.Forwarding;

/// <summary>Adds the gateway's transforms to every route, after those that the route configures itself.</summary>
internal sealed class GatewayTransforms(ForwardedIdentityCache identities, SigningKeyRing keys, PublicUrl publicUrl, TimeProvider time) : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        // The route filter has refused routes with mistakes.
        List<RouteError> none = [];
        var settings = RouteSettingsReader.Read(context.Route, none);
        var decidesHost = !context.RequestTransforms.OfType<RequestHeaderOriginalHostTransform>().Any();
        context.RequestTransforms.Add(new CookieRequestTransform());
        context.RequestTransforms.Add(new IdentityTransform(context.Route.RouteId, settings, identities, keys, publicUrl, time));
        if (decidesHost)
        {
            // YARP adds its own, which suppresses the host, where it finds none.
            context.RequestTransforms.Add(RequestHeaderOriginalHostTransform.OriginalHost);
        }

        context.RequestTransforms.Add(new TargetTransform(decidesHost));
        context.ResponseTransforms.Add(new AnswerFramingTransform());
        context.ResponseTransforms.Add(new ReservedResponseTransform());
        context.ResponseTrailersTransforms.Add(new ReservedTrailersTransform());
    }
}
