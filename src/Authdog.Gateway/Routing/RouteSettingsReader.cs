using System.Collections.Frozen;
using System.Globalization;
using Authdog.Gateway.Edge;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Reads a route's <c>Authdog:…</c> metadata, collecting every mistake.</summary>
internal static class RouteSettingsReader
{
    private const string Prefix = "Authdog:";
    private const string AudienceKey = Prefix + "Audience";
    private const string ClaimsKey = Prefix + "Claims";
    private const string AccessTokenKey = Prefix + "AccessToken";
    private const string SecurityHeadersKey = Prefix + "SecurityHeaders";
    private const string StreamIdleTimeoutKey = Prefix + "StreamIdleTimeout";
    private const string BotScoreKey = Prefix + "BotScore";
    private const string HeaderPrefix = Prefix + "Header:";

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    // Changing one of these would change what the request is, not who asks.
    private static readonly FrozenSet<string> s_forbiddenNames = new[]
    {
        "Host", "Connection", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Cookie", "Upgrade", "TE", "Trailer", "Expect",
        "Keep-Alive", "Proxy-Connection", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", IdentityHeaderNames.Assertion,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static RouteSettings Read(RouteConfig route, ICollection<RouteError> errors)
    {
        var audience = route.RouteId;
        var names = IdentityHeaderNames.Default;
        var securityHeaders = AppSecurityHeaders.Off;
        var claims = AssertionClaims.None;
        var accessToken = false;
        TimeSpan? streamIdle = null;
        var tellsBotScore = false;
        foreach (var (key, value) in route.Metadata ?? FrozenDictionary<string, string>.Empty)
        {
            if (!key.StartsWith("Authdog", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var place = $"ReverseProxy:Routes:{route.RouteId}:Metadata:{key}";
            if (key.Equals(AudienceKey, StringComparison.OrdinalIgnoreCase))
            {
                audience = CheckAudience(value, place, errors) ? value : audience;
            }
            else if (key.Equals(ClaimsKey, StringComparison.OrdinalIgnoreCase))
            {
                claims = ReadClaims(value, place, errors);
            }
            else if (key.Equals(AccessTokenKey, StringComparison.OrdinalIgnoreCase))
            {
                CheckSwitch(value, place, errors);
                accessToken = bool.TryParse(value, out var on) && on;
            }
            else if (key.Equals(StreamIdleTimeoutKey, StringComparison.OrdinalIgnoreCase))
            {
                streamIdle = ReadTimeout(value, place, errors);
            }
            else if (key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            {
                names = ReadHeader(names, key[HeaderPrefix.Length..], value, place, errors);
            }
            else if (key.Equals(SecurityHeadersKey, StringComparison.OrdinalIgnoreCase))
            {
                securityHeaders = ReadSecurityHeaders(value, place, errors);
            }
            else if (key.Equals(BotScoreKey, StringComparison.OrdinalIgnoreCase))
            {
                tellsBotScore = CheckSwitch(value, place, errors);
            }
            else if (UnsafeSettings.Parse(key) is not null)
            {
                CheckSwitch(value, place, errors);
            }
            else
            {
                errors.Add(new RouteError("AG1105", place, value, "there is no such setting; use 'Authdog:AccessToken', 'Authdog:Audience', 'Authdog:BotScore', 'Authdog:Claims', 'Authdog:Header:User' (Email, Name, Tenant, Roles), 'Authdog:SecurityHeaders', 'Authdog:StreamIdleTimeout' or 'Authdog:Unsafe:EncodedSlash' (EmptySegments, PathParameters, HeaderNames)."));
            }
        }

        CheckDuplicates(route, names, errors);
        var settings = new RouteSettings(audience, names) { Unsafe = UnsafeSettings.Of(route), SecurityHeaders = securityHeaders, Claims = claims, TellsBotScore = tellsBotScore, AccessToken = accessToken };
        return streamIdle is null ? settings : settings with { StreamIdleTimeout = streamIdle.Value };
    }

    private static AssertionClaims ReadClaims(string value, string place, ICollection<RouteError> errors)
    {
        var claims = AssertionClaims.None;
        foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "groups":
                    claims |= AssertionClaims.Groups;
                    break;
                case "permissions":
                    claims |= AssertionClaims.Permissions;
                    break;
                case "consents":
                    claims |= AssertionClaims.Consents;
                    break;
                default:
                    errors.Add(new RouteError("AG1112", place, value, "write 'groups', 'permissions' and 'consents', or some of them, with blanks between them."));
                    return AssertionClaims.None;
            }
        }

        return claims;
    }

    private static AppSecurityHeaders ReadSecurityHeaders(string value, string place, ICollection<RouteError> errors)
    {
        foreach (var choice in Enum.GetValues<AppSecurityHeaders>())
        {
            if (value.Equals(choice.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        errors.Add(new RouteError("AG1110", place, value, "write 'off', 'basic' or 'strict'."));
        return AppSecurityHeaders.Off;
    }

    private static bool CheckSwitch(string value, string place, ICollection<RouteError> errors)
    {
        if (!bool.TryParse(value, out var isOn))
        {
            errors.Add(new RouteError("AG1111", place, value, "write 'true' or 'false'."));
        }

        return isOn;
    }

    private static TimeSpan? ReadTimeout(string value, string place, ICollection<RouteError> errors)
    {
        if (TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero && time <= s_longest)
        {
            return time;
        }

        errors.Add(new RouteError("AG1120", place, value, "write a time such as '01:00:00', at most 7 days."));
        return null;
    }

    private static bool CheckAudience(string value, string place, ICollection<RouteError> errors)
    {
        if (!string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl))
        {
            return true;
        }

        errors.Add(new RouteError("AG1106", place, value, "name the app that the assertion is for, or leave the key out for the route's id."));
        return false;
    }

    /// <summary>Why a name is none for an identity header; null when it is one.</summary>
    public static string? Judge(string value) =>
        string.IsNullOrEmpty(value) || value.Length > 64 || !ReservedHeaders.IsPlain(value) || !char.IsAsciiLetter(value[0]) ? "a header name is at most 64 letters, digits and '-', such as 'Remote-User'."
        : s_forbiddenNames.Contains(value) ? "this header has a meaning of its own; choose another name."
        : null;

    private static IdentityHeaderNames ReadHeader(IdentityHeaderNames names, string which, string value, string place, ICollection<RouteError> errors)
    {
        if (Judge(value) is { } lack)
        {
            errors.Add(new RouteError(s_forbiddenNames.Contains(value) ? "AG1108" : "AG1107", place, value, lack));
            return names;
        }

        switch (which.ToUpperInvariant())
        {
            case "USER":
                return names with { User = value };
            case "EMAIL":
                return names with { Email = value };
            case "NAME":
                return names with { Name = value };
            case "TENANT":
                return names with { Tenant = value };
            case "ROLES":
                return names with { Roles = value };
            default:
                errors.Add(new RouteError("AG1105", place, value, "only User, Email, Name, Tenant and Roles can be renamed."));
                return names;
        }
    }

    private static void CheckDuplicates(RouteConfig route, IdentityHeaderNames names, ICollection<RouteError> errors)
    {
        foreach (var twice in names.All.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            errors.Add(new RouteError("AG1109", $"ReverseProxy:Routes:{route.RouteId}:Metadata", twice.Key, "two values would be sent under one header name; give each its own."));
        }
    }
}
