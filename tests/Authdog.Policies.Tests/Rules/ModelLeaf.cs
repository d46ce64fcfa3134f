using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

internal sealed record ModelLeaf(string Keyword, string Value, bool IsPersonal, Func<AccessRequest, Verdict> Truth) : ModelCondition
{
    public override string ToYaml() => $"{{ {Keyword}: {Value} }}";

    public override IEnumerable<ModelLeaf> Leaves() => [this];

    public override Verdict Judge(Queue<Verdict> leaves) => leaves.Dequeue();
}
