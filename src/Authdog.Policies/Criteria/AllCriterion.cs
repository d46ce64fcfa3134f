using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>all</c>, and several keys in one mapping: hits when every part does.</summary>
internal sealed class AllCriterion(Criterion[] parts) : Criterion
{
    private readonly Criterion[] cheapFirst = [.. parts.OrderBy(part => part.Cost)];

    public override string Keyword => "all";

    public override IReadOnlyList<Criterion> Parts => parts;

    public override Cost Cost => parts.Max(part => part.Cost);

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        var least = Verdict.Hit;
        foreach (var part in cheapFirst)
        {
            var verdict = part.Judge(in request, absent);
            if (verdict == Verdict.Miss)
            {
                return Verdict.Miss;
            }

            least = verdict < least ? verdict : least;
        }

        return least;
    }
}
