using System.Security.Cryptography;
using Authdog.Gateway.Forwarding;
using Authdog.Gateway.Routing;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Sessions;
using BenchmarkDotNet.Attributes;

namespace Authdog.Benchmarks;

/// <summary>The identity assertion: signing one against taking the one that is there, and what a request pays for the rest of the headers.</summary>
[MemoryDiagnoser]
public class AssertionBenchmarks
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ForwardedIdentityCache _cache = new();
    private readonly SigningKey _key = new("benchmark", ECDsa.Create(ECCurve.NamedCurves.nistP256), s_now, null);
    private readonly Session _session = new()
    {
        Id = new SessionId(new string('a', 64)),
        Version = 1,
        Tenant = TenantId.Default,
        User = UserId.New(s_now),
        Email = "ada@example.com",
        EmailVerified = true,
        Name = "Ada Löw",
        Roles = ["admin", "staff"],
        Factors = [AuthenticationFactor.Password(s_now)],
        Acr = "aal1",
        Amr = ["pwd"],
        AuthenticatedAt = s_now,
        CreatedAt = s_now,
        AbsoluteExpiresAt = s_now.AddHours(12),
    };

    private readonly RouteSettings _route = new("app", IdentityHeaderNames.Default);

    [Benchmark(Baseline = true)]
    public string Sign() => AssertionSigner.Sign(_key, _session, "https://app.example.com", "app", s_now).Value;

    [Benchmark]
    public string Cached() => _cache.Of(_session).Assertion(_key, "https://app.example.com", "app", _route, s_now);

    [Benchmark]
    public string EncodeName() => HeaderText.Encode(_session.Name);

    [Benchmark]
    public string? RemoveOwnCookie() => OwnCookies.RemoveFrom("theme=dark; authdog=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; lang=en");
}
