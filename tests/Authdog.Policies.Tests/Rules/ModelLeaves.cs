using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

/// <summary>Every criterion of the language with its meaning, written down once more and as plainly as can be.</summary>
internal static class ModelLeaves
{
    public static IReadOnlyList<ModelCondition> All { get; } =
    [
        Request("path", "/a", request => request.Path == "/a"),
        Request("path", "/a/**", request => request.Path == "/a" || request.Path.StartsWith("/a/", StringComparison.Ordinal)),
        Request("path", "[/z/**, /c/b]", request => request.Path is "/z" or "/c/b"),
        Request("path", "/*/b", request => request.Path is "/a/b" or "/c/b"),
        Request("path", "/**/*.pdf", request => request.Path.EndsWith(".pdf", StringComparison.Ordinal)),
        Request("path-expression", "'/[ac]/b'", request => request.Path is "/a/b" or "/c/b"),
        Request("method", "[GET, HEAD]", request => request.Method is "GET" or "HEAD"),
        Request("method", "POST", request => request.Method == "POST"),
        Request("host", "'*.example.com'", request => request.Host == "app.example.com"),
        Request("host", "other.test", request => request.Host == "other.test"),
        Request("route", "[billing, reports]", request => request.Route == "billing"),
        Request("query", "{ name: q, value: [1, 2] }", request => request.Query is "q=1" or "x=5&q=2" or "q=%31"),
        new ModelLeaf("ip", "203.0.113.0/24", false, request => request.RemoteAddress is null ? Verdict.Unknown : Of(request.RemoteAddress.ToString() == "203.0.113.7")),
        Fact("header", "{ name: x-tag, value: red }", facts => facts.Header("X-Tag").Count == 1 && facts.Header("X-Tag")[0] == "red"),
        Fact("client-certificate", "{ name: robot.example }", facts => facts.ClientCertificate?.AlternativeNames.Contains("robot.example") == true),
        Fact("client-certificate", "present", facts => facts.ClientCertificate is not null),
        new ModelLeaf("country", "[DE, FR]", false, request => request.Facts?.Country is { } country ? Of(country is "DE" or "FR") : Verdict.Unknown),
        new ModelLeaf("country", "[KP, unknown]", false, request => Of(request.Facts?.Country is null or "KP")),
        new ModelLeaf("asn", "[64496]", false, request => request.Facts?.Asn is { } asn ? Of(asn == 64496) : Verdict.Unknown),
        new ModelLeaf("bot-score", "{ at-least: 50, at-most: 90 }", false, request => request.Facts?.BotScore is { } score ? Of(score is >= 50 and <= 90) : Verdict.Unknown),
        Request("time", "{ zone: Asia/Kolkata, days: [mon-fri], from: '22:00', to: '02:00' }", request => InKolkata(request.Now)),
        Request("condition", "office hours", request => InBerlin(request.Now)),
        Person("condition", "staff", person => person.Roles.Contains("finance") || person.Roles.Contains("owner")),
        Person("role", "[finance, owner]", person => person.Roles.Contains("finance") || person.Roles.Contains("owner")),
        Person("permission", "invoices.read", person => person.Permissions.Contains("invoices.read")),
        Person("group", "auditors", person => person.Groups.Contains("Auditors")),
        Person("tenant", "acme", person => person.Tenant == "acme"),
        Person("user", "u1", person => person.UserId == "u1"),
        Person("email", "ada@example.com", person => person.EmailVerified && person.Email == "ada@example.com"),
        Person("email-domain", "example.com", person => person.EmailVerified),
        Person("claim", "{ name: team, value: red }", person => person.Claims.ContainsKey("team")),
        Person("claim", "{ name: clearance.level, at-least: 3 }", person => person.Claims.TryGetValue("clearance", out var nested) && ((ClaimValue.Nested)nested).Members["level"] == ClaimValue.Of(4m)),
        Person("connection", "[acme, local]", person => person.Connection is null or "acme"),
        Person("client-kind", "api-key", person => person.ClientKind == ClientKind.ApiKey),
        Person("acr", "aal2", person => person.Acr == "aal2"),
        Person("amr", "[otp, hwk]", person => person.Amr.Contains("hwk")),
        new ModelLeaf("factor", "{ amr: hwk, max-age: 10m }", true, request => Of(request.Subject!.FactorUses.Any(use => use.Amr.Contains("hwk") && request.Now - use.At <= TimeSpan.FromMinutes(10)))),
        Person("passkey", "device-bound", person => person.FactorUses.Any(use => use.Passkey?.Kind == PasskeyKind.DeviceBound)),
        Person("risk", "{ at-least: low, at-most: medium }", person => person.Risk is RiskLevel.Low or RiskLevel.Medium),
        new ModelLeaf("max-age", "10m", true, request => Of(request.Now - request.Subject!.AuthenticatedAt <= TimeSpan.FromMinutes(10))),
        new ModelLeaf("session-age", "1h", true, request => request.Subject!.SessionCreatedAt is { } created ? Of(request.Now - created <= TimeSpan.FromHours(1)) : Verdict.Unknown),
    ];

    private static ModelLeaf Request(string keyword, string value, Func<AccessRequest, bool> truth) => new(keyword, value, false, request => Of(truth(request)));

    private static ModelLeaf Fact(string keyword, string value, Func<RequestFacts, bool> truth) =>
        new(keyword, value, false, request => request.Facts is { } facts ? Of(truth(facts)) : Verdict.Unknown);

    private static ModelLeaf Person(string keyword, string value, Func<Subject, bool> truth) => new(keyword, value, true, request => Of(truth(request.Subject!)));

    private static Verdict Of(bool hit) => hit ? Verdict.Hit : Verdict.Miss;

    // Berlin is an hour ahead of UTC in winter and two in summer; both moments of the model are known.
    private static bool InBerlin(DateTimeOffset now)
    {
        var local = now.UtcDateTime.AddHours(now.Month is > 3 and < 10 ? 2 : 1);
        return local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= 9 and < 17;
    }

    // Five and a half hours ahead, always; from ten in the evening of a working day to two in the morning.
    private static bool InKolkata(DateTimeOffset now)
    {
        var local = now.UtcDateTime.AddMinutes(330);
        var began = local.Hour >= 22 ? local : local.Hour < 2 ? local.AddDays(-1) : (DateTime?)null;
        return began is { } day && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }
}
