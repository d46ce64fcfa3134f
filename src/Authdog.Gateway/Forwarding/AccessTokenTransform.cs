using Authdog.Gateway.Access;
using Authdog.Identity.Sso.Oidc;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Hands the app the access token of the person's identity provider, where the route asks for it (<c>Authdog:AccessToken</c>) and the connection keeps one.</summary>
internal sealed class AccessTokenTransform : RequestTransform
{
    /// <summary>Its header; of the gateway's namespace, so that no client can send it.</summary>
    public const string Header = "X-Authdog-Access-Token";

    public override async ValueTask ApplyAsync(RequestTransformContext context)
    {
        context.ProxyRequest.Headers.Remove(Header);
        if (context.HttpContext.Features.Get<AccessFeature>() is { Decision.PassesIdentity: true, Session: { Connection: not null } session }
            && await context.HttpContext.RequestServices.GetRequiredService<UpstreamAccess>().FindAsync(session, context.HttpContext.RequestAborted) is { } token)
        {
            context.ProxyRequest.Headers.TryAddWithoutValidation(Header, token);
        }
    }
}
