using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>any</c>: hits when one part does.</summary>
internal sealed class AnyCriterion(Criterion[] parts) : Criterion
{
    private readonly Criterion[] cheapFirst = [.. parts.OrderBy(part => part.Cost)];

    public override string Keyword => "any";

    public override IReadOnlyList<Criterion> Parts => parts;

    public override Cost Cost => parts.Max(part => part.Cost);

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        var greatest = Verdict.Miss;
        foreach (var part in cheapFirst)
        {
            var verdict = part.Judge(in request, absent);
            if (verdict == Verdict.Hit)
            {
                return Verdict.Hit;
            }

            greatest = verdict > greatest ? verdict : greatest;
        }

        return greatest;
    }
}
