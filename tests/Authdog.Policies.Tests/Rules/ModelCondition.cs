using Authdog.Policies.Criteria;

namespace Authdog.Policies.Tests.Rules;

internal abstract record ModelCondition
{
    public abstract string ToYaml();

    public abstract IEnumerable<ModelLeaf> Leaves();

    /// <summary>Judges, with the verdict of each leaf looked up by its place among the leaves.</summary>
    public abstract Verdict Judge(Queue<Verdict> leaves);
}
