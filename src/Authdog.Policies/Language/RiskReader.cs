using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>Reads the criterion <c>risk</c>.</summary>
internal static class RiskReader
{
    public static Criterion? Read(YamlMap map, RuleContext context)
    {
        if (!TryLevel(map, "at-least", RiskLevel.None, context.Errors, out var least) | !TryLevel(map, "at-most", RiskLevel.High, context.Errors, out var most))
        {
            return null;
        }

        if (least > most)
        {
            context.Errors.Add(ErrorCodes.BadRange, map.Place, "The range is empty", null, "Let at-least be no more than at-most");
            return null;
        }

        return new RiskCriterion(least, most);
    }

    private static bool TryLevel(YamlMap map, string key, RiskLevel otherwise, ErrorList errors, out RiskLevel level)
    {
        level = otherwise;
        if (map[key] is not { } node)
        {
            return true;
        }

        if (Expect.Value(node, key, errors) is not { } word || !Expect.Word(word, "risk", RiskCriterion.All, errors))
        {
            return false;
        }

        level = RiskCriterion.Parse(word.Text);
        return true;
    }
}
