using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads the use of named conditions.</summary>
internal static class ConditionReader
{
    public static Criterion? Read(YamlNode node, RuleContext context) =>
        Expect.Values(node, "condition", context.Errors) is { } names
            ? CriterionReader.Combine([.. names.Select(name => Read(name, context))], parts => new AnyCriterion(parts))
            : null;

    private static ConditionCriterion? Read(YamlScalar name, RuleContext context)
    {
        var conditions = context.Definitions.Conditions;
        if (!conditions.Contains(name.Text))
        {
            var cure = conditions.Names.Any() ? Suggestion.Cure(name.Text, conditions.Names) : "Define it in the file conditions.yaml beside the policies";
            context.Errors.Add(ErrorCodes.UnknownCondition, name.Place, "There is no condition of this name", name.Text, cure);
            return null;
        }

        if (conditions.Compile(name.Text, context) is not { } inner)
        {
            return null;
        }

        if (!context.MayAskWho && IsPersonal(inner))
        {
            context.Errors.Add(
                ErrorCodes.PersonalCriterion, name.Place, "A rule that lets anybody pass cannot ask who it is, and this condition does", name.Text,
                "Use the effect allow for some people, or a deny rule for those who may not");
            return null;
        }

        return new ConditionCriterion(name.Text, inner) { Line = name.Place.Line };
    }

    private static bool IsPersonal(Criterion criterion) => criterion is PersonalCriterion || criterion.Parts.Any(IsPersonal);
}
