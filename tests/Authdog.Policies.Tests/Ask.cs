using System.Collections.Frozen;
using System.Net;
using System.Text;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Tests;

/// <summary>Makes policies from text, and questions to them that are ordinary but for what a test changes.</summary>
internal static class Ask
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The named conditions that every policy here may use.</summary>
    private const string Conditions = """
        conditions:
          office hours: { time: { zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' } }
          staff: { any: [{ role: finance }, { role: owner }] }
        """;

    private static readonly ConditionSet Named = ConditionsReader.Read(Encoding.UTF8.GetBytes(Conditions), Definitions.None, new ErrorList("conditions.yaml"));

    public static Subject Ada { get; } = Person();

    public static AccessRequest Request(string path = "/", Subject? by = null, string method = "GET", string host = "app.example.com", string? ip = "203.0.113.7") => new()
    {
        Route = "route",
        Method = method,
        Host = host,
        Path = path,
        RemoteAddress = ip is null ? null : IPAddress.Parse(ip),
        Now = Now,
        Subject = by,
    };

    public static Subject Person(
        string[]? roles = null,
        string tenant = "default",
        string id = "u1",
        string email = "ada@example.com",
        bool verified = true,
        string acr = "aal1",
        string[]? amr = null,
        TimeSpan age = default,
        params (string Name, string[] Values)[] claims) => new()
        {
            UserId = id,
            Tenant = tenant,
            Email = email,
            EmailVerified = verified,
            Roles = (roles ?? []).ToFrozenSet(),
            Acr = acr,
            Amr = (amr ?? ["pwd"]).ToFrozenSet(),
            AuthenticatedAt = Now - age,
            Claims = claims.ToFrozenDictionary(claim => claim.Name, claim => ClaimValue.Of(claim.Values)),
        };

    public static Policy Policy(string text, params (string Name, string Lines)[] networks)
    {
        var errors = new ErrorList("test.yaml");
        var named = networks.ToDictionary(
            network => network.Name,
            network => NetworkReader.ReadFile(Encoding.UTF8.GetBytes(network.Lines), errors));
        var definitions = new Definitions(named, Named);
        var policy = PolicyReader.Read(Encoding.UTF8.GetBytes(text), definitions, errors).Policy;
        return policy ?? throw new InvalidOperationException(string.Join('\n', errors.ToImmutable()));
    }

    /// <summary>A policy of one rule.</summary>
    public static Policy Rule(string effect, string when, params (string Name, string Lines)[] networks) =>
        Policy($"policy: p\nrules: [{{ name: r, effect: {effect}, when: {when} }}]", networks);

    /// <summary>Whether a condition lets somebody pass.</summary>
    public static bool Allows(string when, AccessRequest request) =>
        Rule("allow", when).Decide(request with { Subject = request.Subject ?? Ada }).Outcome == AccessOutcome.Allow;

    /// <summary>Whether a condition keeps somebody out who would pass otherwise.</summary>
    public static bool Refuses(string when, AccessRequest request) =>
        Policy($"policy: p\nrules: [{{ name: all, effect: optional }}, {{ name: r, effect: deny, when: {when} }}]").Decide(request).Outcome == AccessOutcome.Deny;
}
