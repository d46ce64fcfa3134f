using System.Buffers;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>What a single value must look like; each reports and says false when it does not.</summary>
internal static class ValueRules
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsPath(YamlScalar value, ErrorList errors)
    {
        var cure = PathCure(value.Text);
        return cure is null || Refuse(errors, ErrorCodes.BadPath, value, "This is no path", cure);
    }

    public static bool IsMethod(YamlScalar value, ErrorList errors) =>
        value.Text.AsSpan().ContainsAnyExcept(TokenCharacters)
            ? Refuse(errors, ErrorCodes.BadMethod, value, "This is no method", "Write a method like GET")
            : value.Text.Any(char.IsAsciiLetterLower)
                ? Refuse(errors, ErrorCodes.BadMethod, value, "Methods are in upper case", $"Write {value.Text.ToUpperInvariant()}")
                : true;

    public static bool IsHost(YamlScalar value, ErrorList errors)
    {
        var name = value.Text.StartsWith("*.", StringComparison.Ordinal) ? value.Text[2..] : value.Text;
        var cure = name.Contains("://", StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal) ? "Write the host alone, without scheme and path"
            : name.Contains('*', StringComparison.Ordinal) ? "A * stands only in front, for every name below: *.example.com"
            : name.Contains(':', StringComparison.Ordinal) && !name.StartsWith('[') ? "Write the host without port"
            : name.EndsWith('.') ? "Write the host without the last dot"
            : Uri.CheckHostName(name) == UriHostNameType.Unknown || !System.Text.Ascii.IsValid(name) ? "Write a host like app.example.com; other alphabets as xn--…"
            : null;
        return cure is null || Refuse(errors, ErrorCodes.BadHost, value, "This is no host", cure);
    }

    public static bool IsTenant(YamlScalar value, ErrorList errors) =>
        value.Text.Length <= 64 && value.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        || Refuse(errors, ErrorCodes.BadTenant, value, "This is no tenant", "A tenant's name has lower-case letters, digits and hyphens, at most 64");

    public static bool IsEmail(YamlScalar value, ErrorList errors)
    {
        var at = value.Text.IndexOf('@', StringComparison.Ordinal);
        return (at > 0 && at == value.Text.LastIndexOf('@') && IsDomain(value.Text[(at + 1)..]) && !value.Text.Any(char.IsWhiteSpace))
            || Refuse(errors, ErrorCodes.BadEmail, value, "This is no e-mail address", "Write one whole address like ada@example.com; for everybody of a domain there is email-domain");
    }

    public static bool IsEmailDomain(YamlScalar value, ErrorList errors) => IsDomain(value.Text)
        || Refuse(errors, ErrorCodes.BadEmailDomain, value, "This is no domain", "Write the whole domain alone, like example.com; each subdomain by itself, other alphabets as xn--…");

    public static bool IsAcr(YamlScalar value, ErrorList errors) => Decisions.AssuranceLevel.All.Contains(value.Text)
        || Refuse(errors, ErrorCodes.BadAcr, value, "There is no such level", $"Write one of: {string.Join(", ", Decisions.AssuranceLevel.All)}");

    public static bool IsAmr(YamlScalar value, ErrorList errors) =>
        value.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
        || Refuse(errors, ErrorCodes.BadAmr, value, "This is no authentication method", "Write a method of RFC 8176 like pwd, otp or hwk");

    public static bool IsDuration(YamlScalar value, ErrorList errors) => Duration.TryParse(value.Text, out _)
        || Refuse(errors, ErrorCodes.BadDuration, value, "This is no duration", "Write a duration like 30s, 15m, 1h30m or 7d");

    public static bool IsClaimName(YamlScalar value, ErrorList errors) => value.Text.Length <= 256 && value.Text.Count(c => c == '.') <= ClaimName.MostDots
        || Refuse(errors, ErrorCodes.BadClaimName, value, "This is no name of a claim", $"Use at most 256 characters, {ClaimName.MostDots} dots among them");

    public static bool IsFieldName(YamlScalar value, ErrorList errors) => value.Text.Length <= 128 && !value.Text.AsSpan().ContainsAnyExcept(TokenCharacters)
        || Refuse(errors, ErrorCodes.BadHeaderName, value, "This is no name of a header", "Write a name like X-Api-Version");

    public static bool IsCountry(YamlScalar value, ErrorList errors) => value.Text == CountryCriterion.NotKnown
        || (value.Text.Length == 2 && value.Text.All(char.IsAsciiLetterUpper))
        || Refuse(errors, ErrorCodes.BadCountry, value, "This is no country", "Write two capital letters (ISO 3166-1) like DE, or unknown");

    public static bool IsAsn(YamlScalar value, ErrorList errors) => value.Text == CountryCriterion.NotKnown || Asn(value.Text) is > 0 and <= uint.MaxValue
        || Refuse(errors, ErrorCodes.BadAsn, value, "This is no autonomous system", "Write its number like 64496, or unknown");

    /// <summary>The number of an autonomous system; 0 when it is none.</summary>
    public static long Asn(string text) => long.TryParse(
        text.StartsWith("AS", StringComparison.Ordinal) ? text.AsSpan(2) : text,
        System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture,
        out var number) ? number : 0;

    public static bool IsClientKind(YamlScalar value, ErrorList errors) => Expect.Word(value, "client-kind", ClientKindCriterion.All, errors);

    public static bool IsAaguid(YamlScalar value, ErrorList errors) => (Guid.TryParseExact(value.Text, "D", out var aaguid) && aaguid != Guid.Empty)
        || Refuse(errors, ErrorCodes.BadAaguid, value, "This is no AAGUID", "Write it like ee882879-721c-4913-9775-3dfcce97072a; the one of zeros says nothing about the authenticator");

    public static bool IsText(YamlScalar value, ErrorList errors) => true;

    private static bool IsDomain(string text) => text.Contains('.', StringComparison.Ordinal)
        && System.Text.Ascii.IsValid(text) && !text.EndsWith('.') && Uri.CheckHostName(text) == UriHostNameType.Dns;

    private static string? PathCure(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "A path begins with /";
        }

        if (path.Contains('?', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal))
        {
            return "A path criterion never sees the query; write the path alone";
        }

        if (path.Contains('%', StringComparison.Ordinal))
        {
            return "Paths are compared decoded; write the character itself";
        }

        if (path.Contains('\\', StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal))
        {
            return "Requests with \\ or // are refused before any policy; write single slashes";
        }

        var segments = path[1..].Split('/');
        return segments.Any(segment => segment is "." or "..") ? "Write the path without . and .."
            : segments.Any(segment => segment.Contains("**", StringComparison.Ordinal) && segment != "**") ? "** stands for whole segments, as in /x/** or /**/y; within a segment write *"
            : null;
    }

    private static bool Refuse(ErrorList errors, string code, YamlScalar value, string message, string cure)
    {
        errors.Add(code, value.Place, message, value.Text, cure);
        return false;
    }
}
