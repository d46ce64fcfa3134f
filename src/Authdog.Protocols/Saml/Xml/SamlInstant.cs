using System.Globalization;
using System.Text.RegularExpressions;

namespace Authdog.Protocols.Saml.Xml;

/// <summary>Times as SAML writes them: <c>xs:dateTime</c> in UTC. Without a zone it is UTC, too (SAML core, section 1.3.3).</summary>
internal static partial class SamlInstant
{
    /// <summary>Reads a time between the years 1970 and 2999; <see langword="null"/> when it is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > 64 || Shape().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value;
        var plain = string.Concat(match.Groups["instant"].ValueSpan, fraction.Length > 8 ? fraction.AsSpan(0, 8) : fraction, match.Groups["zone"].ValueSpan);
        return DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            && instant.Year is >= 1970 and < 3000
            ? instant
            : null;
    }

    /// <summary>Writes a time to the second.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<instant>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?<fraction>\.[0-9]+)?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
