using System.Collections.Frozen;
using System.Net;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads what stands behind <c>given</c>: user, session and request, each with defaults.</summary>
internal static class GivenReader
{
    private static readonly string[] GivenKeys = ["user", "session", "request"];
    private static readonly string[] UserKeys = ["id", "email", "email-verified", "tenant", "roles", "claims"];
    private static readonly string[] SessionKeys = ["acr", "amr", "age"];
    private static readonly string[] RequestKeys = ["method", "host", "path", "ip", "route"];

    public static AccessRequest Read(YamlNode node, DateTimeOffset now, ErrorList errors)
    {
        if (Expect.Map(node, "given", GivenKeys, errors) is not { } given)
        {
            return default;
        }

        var user = Section(given, "user", UserKeys, errors);
        var session = Section(given, "session", SessionKeys, errors);
        if (session is not null && given["user"] is null)
        {
            errors.Add(ErrorCodes.MissingKey, session.Place, "There is a session and no user", null, "Add the key user, or remove session");
        }

        var subject = user is null ? null : ReadSubject(user, session, now, errors);
        return Expect.Required(given, "request", "given", errors) is null || Section(given, "request", RequestKeys, errors) is not { } request
            ? default
            : ReadRequest(request, subject, now, errors);
    }

    private static AccessRequest ReadRequest(YamlMap map, Subject? subject, DateTimeOffset now, ErrorList errors)
    {
        var path = Expect.RequiredValue(map, "path", "request", errors);
        if (path is not null && (!path.Text.StartsWith('/') || path.Text.AsSpan().ContainsAny('?', '#')))
        {
            errors.Add(ErrorCodes.BadPath, path.Place, "This is no path", path.Text, "A path begins with / and has no query");
        }

        IPAddress? address = null;
        if (map["ip"] is { } ip && Expect.Value(ip, "ip", errors) is { } text && !IPAddress.TryParse(text.Text, out address))
        {
            errors.Add(ErrorCodes.BadNetwork, text.Place, "This is no address", text.Text, "Write one address, like 203.0.113.7");
        }

        return new AccessRequest
        {
            Route = Text(map, "route", "test", errors),
            Method = Text(map, "method", "GET", errors),
            Host = Text(map, "host", "localhost", errors),
            Path = path?.Text ?? "/",
            RemoteAddress = address,
            Now = now,
            Subject = subject,
        };
    }

    private static Subject ReadSubject(YamlMap user, YamlMap? session, DateTimeOffset now, ErrorList errors)
    {
        var age = TimeSpan.Zero;
        if (session?["age"] is { } node && Expect.Value(node, "age", errors) is { } text
            && text.Text != "0s" && ValueRules.IsDuration(text, errors) && Duration.TryParse(text.Text, out var parsed))
        {
            age = parsed;
        }

        return new Subject
        {
            UserId = Text(user, "id", "test-user", errors),
            Tenant = Text(user, "tenant", "default", errors),
            Email = Text(user, "email", "user@example.com", errors),
            EmailVerified = Flag(user, "email-verified", errors),
            Roles = Texts(user, "roles", [], errors),
            Acr = Text(session, "acr", "aal1", errors),
            Amr = Texts(session, "amr", ["pwd"], errors),
            AuthenticatedAt = now - age,
            Claims = ReadClaims(user, errors),
        };
    }

    private static FrozenDictionary<string, ClaimValue> ReadClaims(YamlMap user, ErrorList errors) => user["claims"] switch
    {
        YamlMap map => ClaimReader.Read(map, errors),
        { } other => Nothing(Expect.Map(other, "claims", [], errors)),
        null => FrozenDictionary<string, ClaimValue>.Empty,
    };

    private static FrozenDictionary<string, ClaimValue> Nothing(YamlMap? _) => FrozenDictionary<string, ClaimValue>.Empty;

    private static YamlMap? Section(YamlMap given, string key, string[] keys, ErrorList errors) =>
        given[key] is { } node ? Expect.Map(node, key, keys, errors) : null;

    private static string Text(YamlMap? map, string key, string otherwise, ErrorList errors) =>
        map?[key] is { } node && Expect.Value(node, key, errors) is { } value ? value.Text : otherwise;

    private static FrozenSet<string> Texts(YamlMap? map, string key, string[] otherwise, ErrorList errors) => map?[key] switch
    {
        null => otherwise.ToFrozenSet(StringComparer.Ordinal),
        YamlList { Items.Count: 0 } => FrozenSet<string>.Empty,
        { } node => Set(Expect.Values(node, key, errors)),
    };

    private static FrozenSet<string> Set(IReadOnlyList<YamlScalar>? values) =>
        (values ?? []).Select(value => value.Text).ToFrozenSet(StringComparer.Ordinal);

    private static bool Flag(YamlMap map, string key, ErrorList errors)
    {
        if (map[key] is not { } node || Expect.Value(node, key, errors) is not { } value)
        {
            return true;
        }

        if (value.Text is not ("true" or "false"))
        {
            errors.Add(ErrorCodes.BadFlag, value.Place, "This is neither true nor false", value.Text, "Write true or false");
        }

        return value.Text == "true";
    }
}
