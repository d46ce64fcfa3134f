using Authdog.Policies.Criteria;

namespace Authdog.Policies.Tests.Rules;

internal sealed record ModelAll(ModelCondition[] Parts) : ModelCondition
{
    public override string ToYaml() => $"{{ all: [{string.Join(", ", Parts.Select(part => part.ToYaml()))}] }}";

    public override IEnumerable<ModelLeaf> Leaves() => Parts.SelectMany(part => part.Leaves());

    public override Verdict Judge(Queue<Verdict> leaves)
    {
        Verdict[] verdicts = [.. Parts.Select(part => part.Judge(leaves))];
        return verdicts.Contains(Verdict.Miss) ? Verdict.Miss : verdicts.Contains(Verdict.Unknown) ? Verdict.Unknown : Verdict.Hit;
    }
}
