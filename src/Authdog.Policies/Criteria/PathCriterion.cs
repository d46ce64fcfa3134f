using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>path</c>: the decoded path, never the query (B2).</summary>
internal sealed class PathCriterion(PathPattern[] patterns) : Criterion
{
    public override string Keyword => "path";

    public override string Wanted => Wording.AnyOf(patterns.Select(pattern => pattern.Text));

    public override string Seen(in AccessRequest request) => request.Path;

    /// <summary>The segments of all patterns, as written; never empty.</summary>
    public IEnumerable<string> Segments => patterns.SelectMany(pattern => pattern.Text[1..].Split('/'));

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
