using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>condition</c>: a condition that has a name of its own and is used in several places.</summary>
internal sealed class ConditionCriterion(string name, Criterion part) : Criterion
{
    private readonly Criterion[] parts = [part];

    public override string Keyword => $"condition \"{name}\"";

    public override IReadOnlyList<Criterion> Parts => parts;

    public override Cost Cost => part.Cost;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) => part.Judge(in request, absent);
}
