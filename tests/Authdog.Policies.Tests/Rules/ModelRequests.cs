using System.Collections.Frozen;
using Authdog.Policies.Decisions;
using CsCheck;

namespace Authdog.Policies.Tests.Rules;

/// <summary>Random requests by random people, or nobody, at random times.</summary>
internal static class ModelRequests
{
    private static readonly Gen<bool> Coin = Gen.Bool;

    private static readonly Gen<DateTimeOffset> Time = Gen.Select(
        Gen.OneOfConst(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 7, 6, 0, 0, 0, TimeSpan.Zero)),
        Gen.Int[0, (7 * 24 * 60) - 1],
        (monday, minutes) => monday.AddMinutes(minutes));

    private static readonly Gen<RequestFacts?> Facts = Gen.Select(Gen.Int[0, 4], Gen.Select(Coin, Coin, Coin), Gen.OneOfConst<int?>(null, 10, 60, 95), Gen.OneOfConst<string?>("DE", "KP", null), Gen.OneOfConst<long?>(64496, 64511, null), (unknown, seen, score, country, asn) => unknown == 0
        ? null
        : (RequestFacts?)new GivenFacts(
            [new("X-Tag", [seen.Item1 ? "red" : "blue"])],
            seen.Item2 ? new ClientCertificate { Thumbprint = new string('a', 64), Subject = "CN=robot", Issuer = "CN=ca", AlternativeNames = ["robot.example"] } : null,
            country,
            asn,
            score,
            botSignals: null,
            seen.Item3));

    private static readonly Gen<Subject?> Person = Gen.Select(
        Gen.Int[0, 3],
        Gen.Select(Coin, Coin, Coin, Coin, Coin, Coin, Coin),
        Gen.Select(Coin, Coin, Coin, Coin, Coin, Coin),
        Gen.OneOfConst(1, 30, 300),
        Gen.OneOfConst(1, 30),
        (nobody, first, second, age, factorAge) => nobody == 0 ? null : new Subject
        {
            UserId = first.Item1 ? "u1" : "u2",
            Tenant = first.Item2 ? "acme" : "default",
            Email = first.Item1 ? "ada@example.com" : "bob@example.com",
            EmailVerified = first.Item3,
            Roles = FrozenSet.Create(first.Item4 ? "finance" : "guest"),
            Permissions = first.Item5 ? ["invoices.read"] : FrozenSet<string>.Empty,
            Groups = first.Item6 ? ["Auditors"] : FrozenSet<string>.Empty,
            Acr = first.Item7 ? "aal2" : "aal1",
            Amr = second.Item1 ? ["pwd", "hwk"] : ["pwd"],
            AuthenticatedAt = Ask.Now.AddMinutes(-age),
            FactorUses = second.Item1 ? [Use("pwd", age, null), Use("hwk", factorAge, second.Item2 ? PasskeyKind.DeviceBound : PasskeyKind.Synced)] : [Use("pwd", age, null)],
            SessionCreatedAt = second.Item3 ? Ask.Now.AddMinutes(-age) : null,
            Connection = second.Item4 ? null : second.Item5 ? "acme" : "globex",
            Risk = (RiskLevel)((first.Item1 ? 1 : 0) + (second.Item5 ? 2 : 0)),
            ClientKind = second.Item6 ? ClientKind.ApiKey : ClientKind.UserSession,
            Claims = Claims(second.Item2, second.Item5),
        });

    public static Gen<AccessRequest> All { get; } = Gen.Select(
        Gen.Select(Gen.OneOfConst("/a", "/a/b", "/c/b", "/z", "/x.pdf", "/a/b/x.pdf"), Gen.OneOfConst("GET", "POST", "PUT"), Gen.OneOfConst("app.example.com", "other.test", "third.test"), Gen.OneOfConst("billing", "other")),
        Gen.OneOfConst<string?>(null, "q=1", "x=5&q=2", "q=%31", "q=3"),
        Gen.OneOfConst<string?>("203.0.113.7", "198.51.100.1", null),
        Facts,
        Time,
        Person,
        (place, query, ip, facts, now, person) => Ask.Request(place.Item1, null, place.Item2, place.Item3, ip) with
        {
            Route = place.Item4,
            Query = query,
            Facts = facts,
            Now = now,
            Subject = person is null ? null : Moved(person, now - Ask.Now),
        });

    private static FactorUse Use(string amr, int minutes, PasskeyKind? kind) =>
        new([amr], Ask.Now.AddMinutes(-minutes), kind is { } known ? new Passkey(known, Guid.Empty) : null);

    private static FrozenDictionary<string, ClaimValue> Claims(bool team, bool cleared)
    {
        Dictionary<string, ClaimValue> claims = [];
        if (team)
        {
            claims.Add("team", ClaimValue.Of("blue", "red"));
        }

        claims.Add("clearance", new ClaimValue.Nested(FrozenDictionary.ToFrozenDictionary([new KeyValuePair<string, ClaimValue>("level", ClaimValue.Of(cleared ? 4m : 2m))])));
        return claims.ToFrozenDictionary();
    }

    private static Subject Moved(Subject person, TimeSpan by) => person with
    {
        AuthenticatedAt = person.AuthenticatedAt + by,
        SessionCreatedAt = person.SessionCreatedAt + by,
        FactorUses = [.. person.FactorUses.Select(use => use with { At = use.At + by })],
    };
}
