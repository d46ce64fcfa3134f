using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Authdog.Policies.Decisions;

/// <summary>The value of a claim, with the type that its issuer gave it. There are five kinds and no sixth.</summary>
public abstract record ClaimValue
{
    private ClaimValue()
    {
    }

    /// <summary>A text.</summary>
    public static ClaimValue Of(string text) => new Text(text);

    /// <summary>A number.</summary>
    public static ClaimValue Of(decimal number) => new Number(number);

    /// <summary>A boolean.</summary>
    public static ClaimValue Of(bool flag) => flag ? Flag.True : Flag.False;

    /// <summary>A text as JSON would type it without quotes: a boolean, a number, or else the text itself.</summary>
    public static ClaimValue Parse(string text) => text is "true" or "false" ? Of(text == "true")
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Of(number)
        : Of(text);

    /// <summary>A list of texts.</summary>
    public static ClaimValue Of(params IEnumerable<string> texts) => new List([.. texts.Select(Of)]);

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : ClaimValue;

    /// <summary>A number. What does not fit a <see cref="decimal"/> is given as text.</summary>
    public sealed record Number(decimal Value) : ClaimValue;

    /// <summary>A boolean.</summary>
    public sealed record Flag(bool Value) : ClaimValue
    {
        internal static readonly Flag True = new(true);
        internal static readonly Flag False = new(false);
    }

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<ClaimValue> Items) : ClaimValue;

    /// <summary>An object; policies name its members with dots: <c>address.country</c>.</summary>
    public sealed record Nested(FrozenDictionary<string, ClaimValue> Members) : ClaimValue;
}
