using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Access;

/// <summary>The policy enforcement point: asks the catalog about the canonical request and the session.</summary>
internal sealed class AccessHandler(PolicyCatalog catalog, SubjectCache subjects, GeoDatabases geo, TimeProvider time) : AuthorizationHandler<AccessRequirement>
{
    [ThreadStatic]
    private static HttpFacts? s_facts;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (context.Resource is HttpContext http && Decide(http, requirement.Policy))
        {
            // The only line that says "allowed".
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private bool Decide(HttpContext http, string policy)
    {
        var request = http.Features.GetRequiredFeature<CanonicalRequest>();
        var session = http.Features.Get<SessionFeature>()?.Session;
        var facts = s_facts ??= new HttpFacts(geo);
        facts.Begin(http, request);
        try
        {
            var decision = catalog.Decide(policy, Question(http, request, facts, session));
            http.Features.Set(new AccessFeature(decision, session));
            return decision.Outcome == AccessOutcome.Allow;
        }
        finally
        {
            facts.End();
        }
    }

    private AccessRequest Question(HttpContext http, CanonicalRequest request, RequestFacts facts, Session? session) => new()
    {
        Route = ProxiedRoute.Of(http)?.Config.RouteId ?? string.Empty,
        Method = request.Method,
        Host = request.Host,
        Path = request.Path,
        Query = QueryOf(request.Target),
        RemoteAddress = request.RemoteAddress,
        Facts = facts,
        Now = time.GetUtcNow(),
        Subject = session is null ? null : subjects.Of(session),
    };

    private static string? QueryOf(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? null : target[(query + 1)..];
    }
}
