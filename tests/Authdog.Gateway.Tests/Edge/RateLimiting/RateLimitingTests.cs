using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Authdog.Console;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.ApiKeys;
using Authdog.Policies.Catalog;
using Authdog.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Edge.RateLimiting;

/// <summary>Rules of section <c>RateLimiting</c>, on the real pipeline and the embedded store.</summary>
[Trait("Threat", "I2")]
public sealed class RateLimitingTests(RateLimitingTests.Fixture fixture) : IClassFixture<RateLimitingTests.Fixture>
{
    private static int s_client;
    private readonly GatewayHost _gateway = fixture.Gateway;
    private readonly string _client = $"X-Forwarded-For: 192.0.2.{Interlocked.Increment(ref s_client)}";

    [Fact]
    public async Task Answers429WithFields_WhenAnAddressComesTooOften()
    {
        for (var left = 2; left >= 0; left--)
        {
            using var passed = await _gateway.GetAsync("/three/x", _client);
            passed.StatusCode.ShouldBe(HttpStatusCode.OK);
            passed.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"three\";q=3;w=60"]);
            passed.Headers.GetValues("RateLimit").Single().ShouldStartWith($"\"three\";r={left};t=");
        }

        fixture.Upstream.Clear();
        using var refused = await _gateway.GetAsync("/three/x", _client, "Accept: application/json");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var wait = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        wait.ShouldBeInRange(50, 66);
        refused.Headers.GetValues("RateLimit").Single().ShouldBe($"\"three\";r=0;t={wait}");
        refused.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"three\";q=3;w=60"]);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("type").GetString().ShouldBe("urn:authdog:problem:too-many-requests");
        var id = problem.RootElement.GetProperty("id").GetString()!;
        _gateway.Logs.Lines.ShouldContain(line => line.Contains("RateLimited", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
        fixture.Upstream.ShouldBeEmpty();

        // Whoever comes from elsewhere is somebody else, and so is whoever asks for something else.
        using var other = await _gateway.GetAsync("/three/x", "X-Forwarded-For: 198.51.100.1");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var free = await _gateway.GetAsync("/threefold", _client);
        free.StatusCode.ShouldBe(HttpStatusCode.OK);
        free.Headers.Contains("RateLimit").ShouldBeFalse();
    }

    [Fact]
    public async Task KeyOfTheManagementApiHasItsOwnPermits_FromWhereverItIsUsed()
    {
        var (one, other) = (await KeyAsync(), await KeyAsync());
        for (var left = 2; left >= 0; left--)
        {
            using var passed = await _gateway.GetAsync("/.authdog/api/v1/tenants", $"X-Forwarded-For: 203.0.113.{left}", $"Authorization: Bearer {one}");
            passed.StatusCode.ShouldBe(HttpStatusCode.OK);
            passed.Headers.GetValues("RateLimit").Single().ShouldStartWith($"\"keys\";r={left};t=");
        }

        using var refused = await _gateway.GetAsync("/.authdog/api/v1/tenants", _client, $"Authorization: Bearer {one}");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 700);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("too-many-requests");
        using var another = await _gateway.GetAsync("/.authdog/api/v1/tenants", _client, $"Authorization: Bearer {other}");
        another.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task GuessedKeyCountsAsATryAtSigningIn_AndOneThatIsOverDoesNot()
    {
        using var doors = new CounterTags(_gateway.Services.GetRequiredService<IMeterFactory>(), "authdog.sign_in.failures", "door");
        var key = await KeyAsync();
        await _gateway.Services.GetRequiredService<ApiKeyDirectory>().RevokeAsync(key[4..24], CancellationToken.None);
        using var over = await _gateway.GetAsync("/.authdog/api/v1/tenants", _client, $"Authorization: Bearer {key}");
        over.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        doors.Seen.ShouldBeEmpty();

        using var guess = await _gateway.GetAsync("/.authdog/api/v1/tenants", _client, $"Authorization: Bearer {key[..25]}{new string('A', 43)}");
        guess.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        doors.Seen.ShouldBe(["api-key"]);
    }

    [Fact]
    public async Task NamingAnothersKey_UsesUpNoneOfItsPermits()
    {
        var key = await KeyAsync();
        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await _gateway.GetAsync("/.authdog/api/v1/tenants", _client, $"Authorization: Bearer {key[..25]}{new string('A', 43)}");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var right = await _gateway.GetAsync("/.authdog/api/v1/tenants", _client, $"Authorization: Bearer {key}");
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        right.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"keys\";r=2;t=");
    }

    [Fact]
    public async Task PageIsInTheReadersLanguage_AndGrpcGetsATrailer()
    {
        await UseUpAsync("/three/x", 3, _client);
        using var page = await _gateway.GetAsync("/three/x", _client, "Sec-Fetch-Mode: navigate", "Accept-Language: de");
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await page.Content.ReadAsStringAsync()).ShouldContain("Zu viele Anfragen");

        using var call = new HttpRequestMessage(HttpMethod.Post, "/three/x") { Content = new ByteArrayContent([]) };
        call.Headers.TryAddWithoutValidation("X-Forwarded-For", _client[17..]);
        call.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        using var answer = await _gateway.Client.SendAsync(call);
        answer.Headers.GetValues("grpc-status").ShouldBe(["8"]);
    }

    [Fact]
    public async Task Ipv6ClientHasOneLimit_WhicheverOfItsAddressesItUses()
    {
        await UseUpAsync("/three/x", 3, "X-Forwarded-For: 2001:db8:7:7::1");
        using var refused = await _gateway.GetAsync("/three/x", "X-Forwarded-For: 2001:db8:7:7:ffff::2");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var other = await _gateway.GetAsync("/three/x", "X-Forwarded-For: 2001:db8:7:8::1");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task DryRunRefusesNothing_AndSaysWhatItWouldRefuse()
    {
        await UseUpAsync("/dry/x", 1, _client);
        using var passed = await _gateway.GetAsync("/dry/x", _client);
        passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        passed.Headers.Contains("RateLimit").ShouldBeFalse();
        var address = _client[17..];
        _gateway.Logs.Lines.ShouldContain(line => line.Contains("RateLimitWouldApply", StringComparison.Ordinal) && line.Contains(address, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.9.9.9")]
    [InlineData("10.8.0.1")]
    public async Task AllowListIsNeverCounted(string address)
    {
        for (var i = 0; i < 5; i++)
        {
            using var passed = await _gateway.GetAsync("/three/x", $"X-Forwarded-For: {address}");
            passed.StatusCode.ShouldBe(HttpStatusCode.OK);
            passed.Headers.Contains("RateLimit").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task NetworksFileOfThePoliciesIsFollowed_WhenItChanges()
    {
        await UseUpAsync("/crowd/x", 1, "X-Forwarded-For: 203.0.113.5");
        using var refused = await _gateway.GetAsync("/crowd/x", "X-Forwarded-For: 203.0.113.77");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var outside = await _gateway.GetAsync("/crowd/x", "X-Forwarded-For: 203.0.114.77");
        outside.StatusCode.ShouldBe(HttpStatusCode.OK);

        var catalog = _gateway.Services.GetRequiredService<PolicyCatalog>();
        var file = Path.Combine(catalog.Path, "networks", "crowd.txt");
        await File.WriteAllTextAsync(file, "203.0.115.0/24\n");
        catalog.Reload().Errors.ShouldBeEmpty();
        using var gone = await _gateway.GetAsync("/crowd/x", "X-Forwarded-For: 203.0.113.77");
        gone.StatusCode.ShouldBe(HttpStatusCode.OK);

        File.Delete(file);
        catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe("AG1244");
        await File.WriteAllTextAsync(file, "203.0.113.0/24\n");
        catalog.Reload().Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task UserAndSessionAndRouteAreCountedApart_AndARefusedRequestCostsNothing()
    {
        for (var i = 0; i < 5; i++)
        {
            using var nobody = await _gateway.GetAsync("/members/x", _client);
            nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var (ada, _) = await _gateway.SignInAsync($"{Guid.NewGuid():N}@example.com");
        for (var i = 0; i < 2; i++)
        {
            using var passed = await _gateway.GetAsync("/members/x", $"Cookie: {ada}", $"X-Forwarded-For: 198.51.100.{i}");
            passed.StatusCode.ShouldBe(HttpStatusCode.OK);
            passed.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"per-user\";q=2;w=60, \"whole-route\";q=100;w=60");
        }

        using var refused = await _gateway.GetAsync("/members/x", $"Cookie: {ada}", "X-Forwarded-For: 198.51.100.9");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.GetValues("RateLimit").Single().ShouldContain("\"whole-route\";r=98;");
        var (bob, _) = await _gateway.SignInAsync($"{Guid.NewGuid():N}@example.com");
        using var other = await _gateway.GetAsync("/members/x", $"Cookie: {bob}", "X-Forwarded-For: 198.51.100.9");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.Headers.GetValues("RateLimit").Single().ShouldContain("\"whole-route\";r=97;");
    }

    [Fact]
    public async Task OneRoundTripForSeveralLimits_AndNoneWhereNoneApplies()
    {
        using var meter = new RoundTrips(_gateway.Services.GetRequiredService<IMeterFactory>());
        using (await _gateway.GetAsync("/open/x", _client))
        {
            meter.Count.ShouldBe(0);
        }

        // By address, in a dry run and as a whole: three limits.
        using var passed = await _gateway.GetAsync("/dry/several", _client);
        passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        meter.Count.ShouldBe(1);
    }

    [Fact]
    public async Task OwnPagesAreLimitedUnasked_AndTheirStylesAreNot()
    {
        await UseUpAsync("/.authdog/test/page", 20, _client);
        using var refused = await _gateway.GetAsync("/.authdog/test/page", _client);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var style = await _gateway.GetAsync("/.authdog/assets/page.css", _client);
        style.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var keys = await _gateway.GetAsync("/.well-known/authdog/jwks.json", _client);
        keys.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var app = await _gateway.GetAsync("/open/x", _client);
        app.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task UseUpAsync(string target, int permits, params string[] headers)
    {
        for (var i = 0; i < permits; i++)
        {
            using var passed = await _gateway.GetAsync(target, headers);
            passed.StatusCode.ShouldBe(HttpStatusCode.OK, $"permit {i}");
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal System.Collections.Concurrent.ConcurrentQueue<string> Upstream { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        internal Upstream App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await Hosting.Upstream.StartAsync(app => app.MapFallback(context =>
            {
                Upstream.Enqueue(context.Request.Path);
                return context.Response.WriteAsync("ok");
            }));
            var settings = new GatewayHostSettings
            {
                MapOwn = own =>
                {
                    own.MapGet("/.authdog/test/page", () => "a page");
                    Authdog.Identity.IdentityEndpoints.MapAuthdogIdentity(own);
                    own.MapAuthdogConsole();
                },
            };
            Gateway = await GatewayHost.StartAsync(settings
                .PublicPolicy()
                .SignedInPolicy()
                .Network("crowd", "203.0.113.0/24")
                .Route("open", "/{**all}", "open", App.Url)
                .Route("members", "/members/{**all}", "members", App.Url)
                .Set("Gateway:TrustedProxies:0", "127.0.0.1")
                .Set("RateLimiting:AllowList:0", "10.9.0.0/16")
                .Set("RateLimiting:Pages:Permits", "20")
                .Set("RateLimiting:Pages:Window", "00:10:00")
                .Rule("three", 3, ("Paths:0", "/three"), ("AllowList:0", "10.8.0.1"))
                .Rule("dry", 1, ("Paths:0", "/dry"), ("DryRun", "true"))
                .Rule("dry-all", 100_000, ("Paths:0", "/dry"), ("By", "Everybody"), ("DryRun", "true"))
                .Rule("dry-network", 100_000, ("Paths:0", "/dry"), ("By", "Network"), ("Algorithm", "TokenBucket"), ("DryRun", "true"))
                .Rule("crowd", 1, ("Paths:0", "/crowd"), ("By", "Network"), ("Networks:0", "networks/crowd"))
                .Rule("per-user", 2, ("Routes:0", "members"), ("By", "User"))
                .Rule("keys", 3, ("By", "ApiKey"), ("Window", "00:10:00"))
                .Rule("whole-route", 100, ("Routes:0", "members"), ("By", "Route")));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await App.DisposeAsync();
        }
    }

    private async Task<string> KeyAsync() =>
        (await _gateway.Services.GetRequiredService<ApiKeyDirectory>().AddAsync(null, "test", [ApiScopes.TenantsRead], TimeSpan.FromDays(1), CancellationToken.None)).Text.Reveal();

    private sealed class RoundTrips : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        // Of this gateway alone: other tests run theirs beside it.
        public RoundTrips(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "authdog.rate_limit.round_trips" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref _count, measurement));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
