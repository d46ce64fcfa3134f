using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Access;

/// <summary>The policy enforcement point: asks the catalog about the canonical request and the session.</summary>
internal sealed class AccessHandler(PolicyCatalog catalog, SubjectCache subjects, TimeProvider time) : AuthorizationHandler<AccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (context.Resource is not HttpContext http)
        {
            return Task.CompletedTask;
        }

        var request = http.Features.GetRequiredFeature<CanonicalRequest>();
        var session = http.Features.Get<SessionFeature>()?.Session;
        var decision = catalog.Decide(
            requirement.Policy,
            new AccessRequest
            {
                Route = ProxiedRoute.Of(http)?.Config.RouteId ?? string.Empty,
                Method = request.Method,
                Host = request.Host,
                Path = request.Path,
                RemoteAddress = request.RemoteAddress,
                Now = time.GetUtcNow(),
                Subject = session is null ? null : subjects.Of(session),
            });
        http.Features.Set(new AccessFeature(decision, session));
        if (decision.Outcome == AccessOutcome.Allow)
        {
            // The only line that says "allowed".
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
