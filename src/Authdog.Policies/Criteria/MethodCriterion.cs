using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>method</c>. Exact where a hit gives access; where it takes access away letter case does not matter, since some upstreams fold it.</summary>
internal sealed class MethodCriterion(string[] methods, bool wide) : Criterion
{
    private readonly StringComparison comparison = wide ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public override string Keyword => "method";

    public override string Wanted => Wording.AnyOf(methods);

    public override IReadOnlyList<string> Values => methods;

    public override bool IsOfOne => true;

    public override string Seen(in AccessRequest request) => request.Method;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        foreach (var method in methods)
        {
            if (request.Method.Equals(method, comparison))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }
}
