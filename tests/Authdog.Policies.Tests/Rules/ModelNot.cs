using Authdog.Policies.Criteria;

namespace Authdog.Policies.Tests.Rules;

internal sealed record ModelNot(ModelCondition Part) : ModelCondition
{
    public override string ToYaml() => $"{{ not: {Part.ToYaml()} }}";

    public override IEnumerable<ModelLeaf> Leaves() => Part.Leaves();

    public override Verdict Judge(Queue<Verdict> leaves) => Part.Judge(leaves) switch
    {
        Verdict.Hit => Verdict.Miss,
        Verdict.Miss => Verdict.Hit,
        _ => Verdict.Unknown,
    };
}
