using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads the criterion <c>bot-score</c>.</summary>
internal static class BotScoreReader
{
    public static Criterion? Read(YamlMap map, RuleContext context)
    {
        var range = NumberRange.Read(map, context.Errors);
        if (!IsScore(range.AtLeast) || !IsScore(range.AtMost))
        {
            context.Errors.Add(ErrorCodes.BadRange, map.Place, "A score is a whole number from 0 to 100", null, "Write for example at-least: 80");
            return null;
        }

        return new BotScoreCriterion((int)(range.AtLeast ?? 0), (int)(range.AtMost ?? BotScoreCriterion.Highest));
    }

    private static bool IsScore(decimal? number) => number is null || (number >= 0 && number <= BotScoreCriterion.Highest && decimal.IsInteger(number.Value));
}
