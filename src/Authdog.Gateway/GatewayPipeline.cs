using Authdog.Gateway.Access.Resume;
using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.Limits;
using Authdog.Gateway.Edge.RateLimiting;
using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Forwarding;
using Authdog.Gateway.Routing;

namespace Authdog.Gateway;

/// <summary>The order of everything on the public listener.</summary>
internal static class GatewayPipeline
{
    /// <param name="app">The public application.</param>
    /// <param name="mapOwn">Maps the gateway's own endpoints; they come before every upstream route.</param>
    public static WebApplication UseAuthdogGateway(this WebApplication app, Action<IEndpointRouteBuilder>? mapOwn = null)
    {
        // 0. Requests that another proxy describes go through all that follows, up to the decision.
        app.UseForwardAuthEntrance();

        // 1. Whatever escapes from below denies, with an id that the log has too.
        app.UseMiddleware<ProblemMiddleware>();

        // 2. Who is really calling, and is this one unambiguous request? Reserved headers end here.
        app.UseMiddleware<HeadLimitsMiddleware>();
        app.UseForCarried<FramingMiddleware>();
        app.UseMiddleware<EdgeMiddleware>();
        app.UseForCarried<TlsMiddleware>();
        app.UseMiddleware<OwnPathsMiddleware>();

        // 3. Whose customer is this, and do they come too often?
        app.UseMiddleware<TenantMiddleware>();
        app.UseRateLimitsBeforeRouting();

        // 4. Which endpoint? The match is the policy's input; nothing matches twice.
        app.UseRouting();
        app.UseMiddleware<OwnPathsGuardMiddleware>();
        app.UseMiddleware<OdditiesMiddleware>();

        // 5. Who is it, and may they? A challenge or refusal ends the pipeline.
        app.UseAuthentication();
        app.UseMiddleware<ResumeMiddleware>();
        app.UseAuthorization();
        app.UseRateLimitsAfterAccess();
        app.UseForwardAuthGrant();
        app.UseAntiforgery();

        // 6. The gateway's own endpoints, then the upstreams.
        var own = app.MapGroup(string.Empty).WithOrder(int.MinValue);
        own.MapJwks();
        own.MapResume();
        mapOwn?.Invoke(own);
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ForwardingGuardMiddleware>();
            proxy.UseMiddleware<StreamPatienceMiddleware>();
            proxy.UseMiddleware<BodyLimitsMiddleware>();
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        app.UseEndpoints(static _ => { });

        // 7. Nothing took it.
        app.Run(NotFound.AnswerAsync);
        return app;
    }
}
