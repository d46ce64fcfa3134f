using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads the criterion <c>claim</c>.</summary>
internal static class ClaimCriterionReader
{
    public static Criterion? Read(YamlMap map, RuleContext context)
    {
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
}
