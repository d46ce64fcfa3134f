using System.Globalization;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>
/// What a claim must be. The type is the claim's own: a text is compared exactly, a number by its value, a boolean with
/// <c>true</c> and <c>false</c>; of a list, one item is enough.
/// </summary>
/// <param name="Values">Values of which one is enough; empty when any will do.</param>
/// <param name="AtLeast">Smallest accepted number.</param>
/// <param name="AtMost">Largest accepted number.</param>
internal sealed record ClaimTest(string[] Values, decimal? AtLeast, decimal? AtMost)
{
    private readonly decimal?[] numbers = [.. Values.Select(value => ParseNumber(value))];

    /// <summary>A number as policies write it: digits, perhaps a sign and a decimal point.</summary>
    public static decimal? ParseNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A value that holds.</summary>
    public ClaimValue Example => Values.Length > 0 ? ClaimValue.Of(Values[0]) : (AtLeast ?? AtMost) is { } number ? ClaimValue.Of(number) : ClaimValue.Of("");

    public bool Holds(ClaimValue claim)
    {
        switch (claim)
        {
            case ClaimValue.List list:
                foreach (var item in list.Items)
                {
                    if (Holds(item))
                    {
                        return true;
                    }
                }

                return false;
            case ClaimValue.Text text:
                return AtLeast is null && AtMost is null && (Values.Length == 0 || Values.AsSpan().Contains(text.Value));
            case ClaimValue.Number number:
                return Holds(number.Value);
            case ClaimValue.Flag flag:
                return AtLeast is null && AtMost is null && (Values.Length == 0 || Values.AsSpan().Contains(flag.Value ? "true" : "false"));
            default:
                // Something nested has members, and no value that could be compared.
                return Values.Length == 0 && AtLeast is null && AtMost is null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => (Values.Length, AtLeast, AtMost) switch
    {
        (0, null, null) => "present",
        (0, { } least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
        (0, null, { } most) => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
        (0, { } least, { } most) => string.Create(CultureInfo.InvariantCulture, $"between {least} and {most}"),
        _ => $"= {Wording.AnyOf(Values)}",
    };

    private bool Holds(decimal number)
    {
        if (number < AtLeast || number > AtMost)
        {
            return false;
        }

        foreach (var wanted in numbers)
        {
            if (wanted == number)
            {
                return true;
            }
        }

        return Values.Length == 0;
    }
}
