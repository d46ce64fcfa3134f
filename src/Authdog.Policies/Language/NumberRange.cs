using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>The keys <c>at-least</c> and <c>at-most</c>.</summary>
internal readonly record struct NumberRange(decimal? AtLeast, decimal? AtMost)
{
    public bool IsEmpty => AtLeast is null && AtMost is null;

    public static NumberRange Read(YamlMap map, ErrorList errors)
    {
        var least = Number(map, "at-least", errors);
        var most = Number(map, "at-most", errors);
        if (least > most)
        {
            errors.Add(ErrorCodes.BadRange, map.Place, "The range is empty", null, "Let at-least be no more than at-most");
        }

        return new NumberRange(least, most);
    }

    private static decimal? Number(YamlMap map, string key, ErrorList errors)
    {
        if (map[key] is not { } node || Expect.Value(node, key, errors) is not { } value)
        {
            return null;
        }

        if (ClaimTest.ParseNumber(value.Text) is not { } number)
        {
            errors.Add(ErrorCodes.BadNumber, value.Place, "This is no number", value.Text, "Write digits, perhaps with a sign and a decimal point");
            return null;
        }

        return number;
    }
}
