using Authdog.Gateway.Access.Treatments;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.BotProtection;
using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Authdog.Gateway.Forwarding;

/// <summary>Adds the gateway's transforms to every route, after those that the route configures itself.</summary>
internal sealed class GatewayTransforms(ForwardedIdentityCache identities, NamedTreatments treatments, BotScorer scorer, SigningKeyRing keys, PublicUrl publicUrl, TimeProvider time, ILogger<TargetTransform> logger) : ITransformProvider
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
        if (decidesHost)
        {
            // YARP would add this at the end, and take back what ours says.
            context.AddOriginalHost(useOriginal: false);
        }

        context.RequestTransforms.Add(new CookieRequestTransform());
        context.RequestTransforms.Add(new IdentityTransform(context.Route.RouteId, settings, treatments, identities, keys, publicUrl, time));
        if (settings.TellsBotScore)
        {
            context.RequestTransforms.Add(new BotScoreTransform(scorer));
        }

        if (settings.AccessToken)
        {
            context.RequestTransforms.Add(new AccessTokenTransform());
        }

        context.RequestTransforms.Add(new TargetTransform(decidesHost, settings.Unsafe, logger));
        context.ResponseTransforms.Add(new AnswerFramingTransform());
        context.ResponseTransforms.Add(new ReservedResponseTransform());
        context.ResponseTransforms.Add(new SecurityHeadersTransform(settings.SecurityHeaders, treatments));
        context.ResponseTrailersTransforms.Add(new ReservedTrailersTransform());
    }
}
