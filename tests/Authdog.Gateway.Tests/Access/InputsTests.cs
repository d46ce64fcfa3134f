using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Commands;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>Each thing that a policy can ask about comes from the real request and the real session. Every policy here allows by one criterion alone.</summary>
public sealed class InputsTests(InputsTests.Fixture fixture) : IClassFixture<InputsTests.Fixture>
{
    private static readonly Guid s_model = Guid.Parse("2fc0579f-8113-47ea-b116-bb5a8db9202a");

    [Theory]
    [InlineData("query", "/query/x?format=csv", true)]
    [InlineData("query", "/query/x?format=c%73v&a=1", true)]
    [InlineData("query", "/query/x?format=html", false)]
    [InlineData("query", "/query/x", false)]
    public async Task QueryIsSeen(string policy, string target, bool passes) => await ExpectAsync(policy, target, passes);

    [Theory]
    [InlineData("X-Api-Version: 2", true)]
    [InlineData("x-api-version: 2", true)]
    [InlineData("X-Api-Version: 3", false)]
    public async Task HeaderIsSeen(string header, bool passes) => await ExpectAsync("header", "/header/x", passes, headers: header);

    [Theory]
    [InlineData("203.0.113.7", "country", true)]
    [InlineData("198.51.100.7", "country", false)]
    [InlineData("192.0.2.7", "country", false)]
    [InlineData("192.0.2.7", "nowhere", true)]
    [InlineData("203.0.113.7", "nowhere", false)]
    [InlineData("203.0.113.7", "asn", true)]
    public async Task PlaceIsSeen_WhenATrustedProxySaysTheAddress(string address, string policy, bool passes) =>
        await ExpectAsync(policy, $"/{policy}/x", passes, headers: $"X-Forwarded-For: {address}");

    [Fact]
    public async Task GroupsPermissionsAndClaimsAreSeen()
    {
        var rich = new SessionProfile("ada@example.com", EmailVerified: true, "Ada", [])
        {
            Groups = ["Auditors"],
            Permissions = ["invoices.read"],
            Claims = ImmutableDictionary<string, JsonElement>.Empty
                .Add("department", JsonSerializer.SerializeToElement("sales"))
                .Add("level", JsonSerializer.SerializeToElement(7))
                .Add("address", JsonSerializer.SerializeToElement(new { country = "DE", zip = (string?)null })),
        };
        foreach (var policy in new[] { "group", "permission", "claim", "number", "nested", "client-kind" })
        {
            await ExpectAsync(policy, $"/{policy}/x", true, profile: rich);
        }

        foreach (var policy in new[] { "group", "permission", "claim", "number", "nested" })
        {
            await ExpectAsync(policy, $"/{policy}/x", false);
        }
    }

    [Fact]
    public async Task EachFactorIsSeenWithItsOwnTime()
    {
        var now = TimeProvider.System.GetUtcNow();
        AuthenticationFactor Passkey(bool synced, TimeSpan age) =>
            new() { Method = "passkey", Amr = ["hwk", "user"], Kinds = FactorKinds.Possession | FactorKinds.UserVerification, ProvedAt = now - age, Passkey = new PasskeyTraits(synced, s_model) };

        // An old passkey beside a fresh password: the session is fresh, the passkey is not.
        await ExpectAsync("passkey", "/passkey/x", true, factors: [Passkey(synced: false, TimeSpan.FromMinutes(5))]);
        await ExpectAsync("passkey", "/passkey/x", false, factors: [Passkey(synced: false, TimeSpan.FromMinutes(15)), AuthenticationFactor.Password(now)]);
        await ExpectAsync("passkey", "/passkey/x", false, factors: [Passkey(synced: true, TimeSpan.FromMinutes(5))]);
        await ExpectAsync("connection", "/connection/x", true, factors: [new() { Method = "sso", Amr = ["fed"], Kinds = FactorKinds.None, ProvedAt = now, Connection = "okta" }]);
        await ExpectAsync("connection", "/connection/x", false);
        await ExpectAsync("session-age", "/session-age/x", true);
    }

    [Theory]
    [InlineData(SignInRisk.None, true)]
    [InlineData(SignInRisk.Low, true)]
    [InlineData(SignInRisk.Medium, false)]
    [InlineData(SignInRisk.High, false)]
    public Task RiskOfTheSignInIsSeen_ForTheSessionsLife(SignInRisk risk, bool passes) => ExpectAsync("risk", "/risk/x", passes, risk: risk);

    private async Task ExpectAsync(string policy, string target, bool passes, string? headers = null, SessionProfile? profile = null, ImmutableArray<AuthenticationFactor> factors = default, SignInRisk risk = SignInRisk.None)
    {
        var (token, _) = await fixture.Gateway.Services.GetRequiredService<SessionStore>().IssueAsync(
            new NewSession(
                TenantId.Default,
                UserId.New(TimeProvider.System.GetUtcNow()),
                profile ?? new SessionProfile("ada@example.com", EmailVerified: true, "Ada", []),
                factors.IsDefault ? [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())] : factors,
                UserAgent: null,
                RemoteAddress: null) { Risk = risk },
            replaces: null,
            CancellationToken.None);
        string[] sent = [$"Cookie: authdog={token.Value}", .. headers is null ? [] : new[] { headers }];
        using var answer = await fixture.Gateway.GetAsync(target, sent);
        answer.StatusCode.ShouldBe(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, policy);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal Upstream Upstream { get; private set; } = null!;

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var (countries, systems) = (Path.Combine(_folder.Path, "country.mmdb"), Path.Combine(_folder.Path, "asn.mmdb"));
            await File.WriteAllBytesAsync(countries, Mmdb.Write("GeoLite2-Country", ("203.0.113.0/24", new Dictionary<string, object> { ["country"] = new Dictionary<string, object> { ["iso_code"] = "DE" } }), ("198.51.100.0/24", new Dictionary<string, object> { ["country"] = new Dictionary<string, object> { ["iso_code"] = "FR" } })));
            await File.WriteAllBytesAsync(systems, Mmdb.Write("GeoLite2-ASN", ("203.0.113.0/24", new Dictionary<string, object> { ["autonomous_system_number"] = 64496u })));
            Upstream = await Hosting.Upstream.StartAsync(app => app.MapFallback(context => context.Response.WriteAsync("protected")));
            var settings = new GatewayHostSettings()
                .Set("Policies:Geo:CountryFile", countries)
                .Set("Policies:Geo:AsnFile", systems)
                .Set("Gateway:TrustedProxies:0", "127.0.0.1");
            foreach (var (name, criterion) in new[]
            {
                ("query", "query: { name: format, value: [csv, json] }"),
                ("header", "header: { name: X-Api-Version, value: '2' }"),
                ("country", "country: [DE, AT]"),
                ("nowhere", "country: unknown"),
                ("asn", "asn: 64496"),
                ("group", "group: auditors"),
                ("permission", "permission: invoices.read"),
                ("claim", "claim: { name: department, value: sales }"),
                ("number", "claim: { name: level, at-least: 5 }"),
                ("nested", "claim: { name: address.country, value: DE }"),
                ("client-kind", "client-kind: user-session"),
                ("passkey", "passkey: { kind: device-bound, max-age: 10m }"),
                ("connection", "connection: okta"),
                ("risk", "risk: { at-most: low }"),
                ("session-age", "session-age: 1h"),
            })
            {
                settings.Policy(name, $"  - {{ name: only, effect: allow, when: {{ {criterion} }} }}").Route(name, $"/{name}/{{**all}}", name, Upstream.Url);
            }

            Gateway = await GatewayHost.StartAsync(settings);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
            _folder.Dispose();
        }
    }
}
