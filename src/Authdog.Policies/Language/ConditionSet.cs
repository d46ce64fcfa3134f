using System.Collections.Concurrent;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>The named conditions of <c>conditions.yaml</c>. Read once, and compiled for each of the two ways of comparing.</summary>
internal sealed class ConditionSet
{
    private readonly Dictionary<string, YamlNode?> nodes;

    // Files may be read side by side.
    private readonly ConcurrentDictionary<(string Name, bool HitRefuses), Criterion?> compiled = [];

    /// <param name="nodes">Conditions by name; one that has mistakes, which have been reported, is there with <see langword="null"/>.</param>
    public ConditionSet(Dictionary<string, YamlNode?> nodes) => this.nodes = nodes;

    public static ConditionSet Empty { get; } = new([]);

    public IEnumerable<string> Names => nodes.Keys;

    public bool Contains(string name) => nodes.ContainsKey(name);

    /// <summary>The condition as the rule around it compares; <see langword="null"/> when the condition itself has mistakes, which have been reported.</summary>
    public Criterion? Compile(string name, RuleContext context)
    {
        if (!compiled.TryGetValue((name, context.HitRefuses), out var criterion) && nodes[name] is { } node)
        {
            // What is wrong in it has been said where it stands; whether it may ask who it is depends on the rule, and is asked there.
            criterion = CriterionReader.Read(node, context with { Errors = new ErrorList(""), Effect = Rules.RuleEffect.Allow, IsNegated = context.HitRefuses });
            compiled[(name, context.HitRefuses)] = criterion;
        }

        return criterion;
    }
}
