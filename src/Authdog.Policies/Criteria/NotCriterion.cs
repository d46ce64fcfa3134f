using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>not</c>: hits when its part misses; what is unknown stays unknown.</summary>
internal sealed class NotCriterion(Criterion part) : Criterion
{
    private readonly Criterion[] parts = [part];

    public override string Keyword => "not";

    public override IReadOnlyList<Criterion> Parts => parts;

    public override Cost Cost => part.Cost;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) => Verdict.Hit - (int)part.Judge(in request, absent switch
    {
        // What makes the part more likely to hit makes its opposite less likely.
        AbsentPerson.PullsToHit => AbsentPerson.PullsToMiss,
        AbsentPerson.PullsToMiss => AbsentPerson.PullsToHit,
        _ => AbsentPerson.Misses,
    });
}
