using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Authdog.Identity.Pages;

/// <summary>The variables of <c>page.css</c> that a brand may set, and what each may hold.</summary>
/// <remarks>A value goes into a generated stylesheet: what could end the declaration, or load anything, is no value (I13).</remarks>
internal static partial class BrandVariables
{
    /// <summary>Ends the name of a variable that counts in dark mode alone.</summary>
    public const string DarkSuffix = "-dark";

    private static readonly FrozenDictionary<string, Regex> s_values = new Dictionary<string, Regex>
    {
        ["ground"] = Colour(),
        ["surface"] = Colour(),
        ["text"] = Colour(),
        ["muted"] = Colour(),
        ["line"] = Colour(),
        ["hairline"] = Colour(),
        ["danger"] = Colour(),
        ["danger-ground"] = Colour(),
        ["radius"] = Length(),
        ["font"] = Fonts(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong with a variable, and its cure; null when nothing is.</summary>
    public static string? Problem(string name, string value)
    {
        var plain = name.EndsWith(DarkSuffix, StringComparison.Ordinal) ? name[..^DarkSuffix.Length] : name;
        if (!s_values.TryGetValue(plain, out var allowed))
        {
            return $"is not a variable. Choose from {string.Join(", ", s_values.Keys.Order(StringComparer.Ordinal))}, with {DarkSuffix} behind it for dark mode.";
        }

        return allowed.IsMatch(value) ? null : $"is '{value}'. Give {(allowed == Colour() ? "a colour as #rrggbb" : allowed == Length() ? "a length from 0px to 40px" : "names of fonts, with commas between them")}.";
    }

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();

    [GeneratedRegex(@"\A([0-9]|[1-3][0-9]|40)px\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Length();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9 -]{0,40}(, ?[A-Za-z-][A-Za-z0-9 -]{0,40}){0,7}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Fonts();
}
