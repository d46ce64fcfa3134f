using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>path</c>: the decoded path, never the query (B2).</summary>
internal sealed class PathCriterion(PathPattern[] patterns) : Criterion
{
    public override string Keyword => "path";

    public override string Wanted => Wording.AnyOf(patterns.Select(pattern => pattern.Text));

    public override string Seen(in AccessRequest request) => request.Path;

    /// <summary>The patterns.</summary>
    public IReadOnlyList<PathPattern> Patterns => patterns;

    public override Cost Cost => Cost.Search;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(request.Path))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }
}
