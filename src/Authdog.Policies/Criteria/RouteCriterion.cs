using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>route</c>: id of the matched route, exactly.</summary>
internal sealed class RouteCriterion(string[] routes) : Criterion
{
    public override string Keyword => "route";

    public override string Wanted => Wording.AnyOf(routes);

    public override IReadOnlyList<string> Values => routes;

    public override bool IsOfOne => true;

    public override string Seen(in AccessRequest request) => request.Route;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) =>
        routes.AsSpan().Contains(request.Route) ? Verdict.Hit : Verdict.Miss;
}
