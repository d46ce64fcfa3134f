using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.BotProtection;
using Authdog.Gateway.Routing;
using Authdog.Identity.Challenges;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Access;

/// <summary>The policy enforcement point: asks the catalog about the canonical request and the session.</summary>
internal sealed class AccessHandler(
    PolicyCatalog catalog,
    SubjectCache subjects,
    GeoDatabases geo,
    BotScorer scorer,
    RouteChallenges challenges,
    DecisionRecorder recorder,
    TimeProvider time) : AuthorizationHandler<AccessRequirement>
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
        var facts = s_facts ??= new HttpFacts();
        facts.Begin(http, request, geo, scorer, challenges);
        try
        {
            var question = Question(http, policy, request, facts, session);
            var decision = catalog.Decide(policy, in question);
            http.Features.Set(new AccessFeature(decision, session) { Seen = recorder.Look(decision, in question, facts) });
            return decision.Outcome == AccessOutcome.Allow;
        }
        finally
        {
            facts.End();
        }
    }

    private AccessRequest Question(HttpContext http, string policy, CanonicalRequest request, RequestFacts facts, Session? session) => new()
    {
        Route = ProxiedRoute.Of(http)?.Config.RouteId ?? string.Empty,
        Method = request.Method,
        Host = request.Host,
        Path = request.Path,
        Query = catalog.Current.Inputs(policy).QueryParameters.IsEmpty ? null : QueryOf(request.Target),
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
