using Authdog.Policies.Criteria;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Language;

/// <summary>Reads what stands behind <c>when</c>.</summary>
internal static class CriterionReader
{
    private static readonly string[] Names = [.. CriterionKeywords.All.Select(keyword => keyword.Name)];
    private static readonly string[] ClaimKeys = ["name", "value", "at-least", "at-most"];

    /// <summary>A mapping of criteria: all of its keys hold. <see langword="null"/> when there is a mistake, which has been reported.</summary>
    public static Criterion? Read(YamlNode node, RuleContext context)
    {
        if (Expect.Map(node, "A condition", Names, context.Errors) is not { } map)
        {
            return null;
        }

        if (map.Entries.Count == 0)
        {
            context.Errors.Add(ErrorCodes.MissingValue, map.Place, "The condition is empty", null, "Write a criterion; a rule that matches everything has no when");
            return null;
        }

        List<Criterion?> parts = [];
        foreach (var (key, value) in map.Entries)
        {
            if (CriterionKeywords.All.FirstOrDefault(keyword => keyword.Name == key.Text) is { } keyword)
            {
                parts.Add(Read(keyword, key, value, context));
            }
        }

        return Combine(parts, all => new AllCriterion(all));
    }

    private static Criterion? Read(CriterionKeyword keyword, YamlScalar key, YamlNode value, RuleContext context)
    {
        if (keyword.IsPersonal && context.Effect is RuleEffect.Public or RuleEffect.Optional)
        {
            context.Errors.Add(
                ErrorCodes.PersonalCriterion, key.Place, "A rule that lets anybody pass cannot ask who it is", key.Text,
                "Use the effect allow for some people, or a deny rule for those who may not");
        }

        return keyword.Shape switch
        {
            CriterionShape.Combination => ReadCombination(keyword.Name, value, context),
            CriterionShape.Opposite => ReadOpposite(value, context with { IsNegated = !context.IsNegated }),
            CriterionShape.Claims => ReadClaims(value, context),
            CriterionShape.Value => Expect.Value(value, keyword.Name, context.Errors) is { } scalar ? keyword.Compile!([scalar], context) : null,
            _ => Expect.Values(value, keyword.Name, context.Errors) is { } scalars ? keyword.Compile!(scalars, context) : null,
        };
    }

    private static Criterion? ReadCombination(string name, YamlNode value, RuleContext context) =>
        Expect.List(value, name, context.Errors) is not { } list ? null
        : name == "all" ? Combine([.. list.Items.Select(item => Read(item, context))], parts => new AllCriterion(parts))
        : Combine([.. list.Items.Select(item => Read(item, context))], parts => new AnyCriterion(parts));

    private static NotCriterion? ReadOpposite(YamlNode value, RuleContext context)
    {
        var inner = value is YamlList ? ReadCombination("any", value, context) : Read(value, context);
        return inner is null ? null : new NotCriterion(inner);
    }

    private static Criterion? ReadClaims(YamlNode value, RuleContext context) => value is YamlList
        ? Expect.List(value, "claim", context.Errors) is { } list
            ? Combine([.. list.Items.Select(item => ReadClaim(item, context))], parts => new AnyCriterion(parts))
            : null
        : ReadClaim(value, context);

    private static ClaimCriterion? ReadClaim(YamlNode node, RuleContext context)
    {
        if (Expect.Map(node, "claim", ClaimKeys, context.Errors) is not { } map)
        {
            return null;
        }

        var name = Expect.RequiredValue(map, "name", "claim", context.Errors);
        var values = map["value"] is { } value ? Expect.Values(value, "value", context.Errors) : [];
        var range = NumberRange.Read(map, context.Errors);
        if (map["value"] is { } both && !range.IsEmpty)
        {
            context.Errors.Add(ErrorCodes.BadRange, both.Place, "A claim has a value or a range, not both", null, "Remove value, or at-least and at-most");
        }

        return name is not null && ValueRules.IsClaimName(name, context.Errors) && values is not null
            ? new ClaimCriterion(new ClaimName(name.Text), new ClaimTest([.. values.Select(scalar => scalar.Text)], range.AtLeast, range.AtMost))
            : null;
    }

    private static Criterion? Combine(List<Criterion?> parts, Func<Criterion[], Criterion> make) =>
        parts.Count == 0 || parts.Contains(null) ? null
        : parts.Count == 1 ? parts[0]
        : make([.. parts!]);
}
