using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads what stands behind <c>when</c>.</summary>
internal static class CriterionReader
{
    /// <summary>A mapping of criteria: all of its keys hold. <see langword="null"/> when there is a mistake, which has been reported.</summary>
    public static Criterion? Read(YamlNode node, RuleContext context)
    {
        if (Expect.Map(node, "A condition", CriterionKeywords.Names, context.Errors) is not { } map)
        {
            return null;
        }

        if (map.Entries.Count == 0)
        {
            context.Errors.Add(ErrorCodes.MissingValue, map.Place, "The condition is empty", null, "Write a criterion; a rule that matches everything has no when");
            return null;
        }

        // A key that is unknown has been reported, and must not leave a condition with a part less.
        List<Criterion?> parts = [.. map.Entries.Select(entry => CriterionKeywords.Find(entry.Key.Text) is { } keyword ? Read(keyword, entry.Key, entry.Value, context) : null)];
        return Combine(parts, all => new AllCriterion(all) { Line = map.Place.Line });
    }

    public static Criterion? ReadAll(YamlNode node, RuleContext context) => ReadMany("all", node, context, parts => new AllCriterion(parts));

    public static Criterion? ReadAny(YamlNode node, RuleContext context) => ReadMany("any", node, context, parts => new AnyCriterion(parts));

    public static Criterion? ReadNot(YamlNode node, RuleContext context)
    {
        var opposite = context with { IsNegated = !context.IsNegated };
        var inner = node is YamlList ? ReadMany("not", node, opposite, parts => new AnyCriterion(parts)) : Read(node, opposite);
        return inner is null ? null : new NotCriterion(inner);
    }

    /// <summary>Several parts as one; <see langword="null"/> when one of them is.</summary>
    public static Criterion? Combine(IReadOnlyList<Criterion?> parts, Func<Criterion[], Criterion> make) =>
        parts.Count == 0 || parts.Contains(null) ? null
        : parts.Count == 1 ? parts[0]
        : make([.. parts!]);

    private static Criterion? ReadMany(string name, YamlNode node, RuleContext context, Func<Criterion[], Criterion> make) =>
        Expect.List(node, name, context.Errors) is { } list ? Combine([.. list.Items.Select(item => Read(item, context))], make) : null;

    private static Criterion? Read(CriterionKeyword keyword, YamlScalar key, YamlNode value, RuleContext context)
    {
        if (keyword.IsPersonal && !context.MayAskWho)
        {
            context.Errors.Add(
                ErrorCodes.PersonalCriterion, key.Place, "A rule that lets anybody pass cannot ask who it is", key.Text,
                "Use the effect allow for some people, or a deny rule for those who may not");
        }

        var criterion = keyword.Read(value, context);
        if (criterion is { Line: 0 })
        {
            criterion.Line = key.Place.Line;
        }

        return criterion;
    }
}
