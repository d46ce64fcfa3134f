using System.Text.RegularExpressions;

namespace Authdog.Policies.Language;

/// <summary>Reads regular expressions: anchored here, matched in linear time, and bounded in size.</summary>
internal static class ExpressionReader
{
    private const int LongestText = 512;
    private const int LargestSize = 5_000;

    /// <summary><see langword="null"/> when it is none, which has then been reported.</summary>
    public static Regex? Read(YamlScalar text, bool ignoresCase, ErrorList errors)
    {
        var cure = text.Text.Length > LongestText ? $"Keep it below {LongestText} characters"
            : ExpressionSize.Of(text.Text) > LargestSize ? "It repeats too much; use smaller numbers in { }"
            : null;
        if (cure is null)
        {
            try
            {
                // By itself first: what is whole only inside the group, like "a)|(b", would break out of the anchors.
                var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
                _ = new Regex(text.Text, options);

                // The group keeps "a|b" together, and \z is the very end, before which $ would let a line feed stand.
                return new Regex($@"\A(?:{text.Text})\z", options);
            }
            catch (RegexParseException invalid)
            {
                cure = $"The reader says: {invalid.Error}. Check brackets and backslashes";
            }
            catch (NotSupportedException)
            {
                cure = "Look-arounds, back-references, atomic groups and conditions are not supported; write it without them";
            }
        }

        errors.Add(ErrorCodes.BadExpression, text.Place, "This is no regular expression that can be used", text.Text, cure);
        return null;
    }
}
