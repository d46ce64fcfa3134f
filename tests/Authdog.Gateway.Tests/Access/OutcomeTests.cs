using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Policies.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>What a policy says besides yes and no: words for the person, headers for the answer, names for the app.</summary>
public sealed class OutcomeTests(OutcomeTests.Fixture fixture) : IClassFixture<OutcomeTests.Fixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Theory]
    [Trait("Threat", "I13")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PersonReadsTheMessage_WhenARuleRefuses(bool signedIn)
    {
        var headers = new List<string> { "Sec-Fetch-Mode: navigate" };
        if (signedIn)
        {
            headers.Add($"Cookie: {(await _gateway.SignInAsync()).Cookie}");
        }

        using var answer = await _gateway.GetAsync("/refused/x", [.. headers]);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("Closed &lt;until&gt; May");
        page.ShouldContain("href=\"https://help.example.com/closed?a=1&amp;b=2\"");
        page.ShouldNotContain("<until>");
    }

    [Fact]
    public async Task PersonReadsGerman_WhenTheBrowserSaysSo()
    {
        using var answer = await _gateway.GetAsync("/refused/x", "Sec-Fetch-Mode: navigate", "Accept-Language: de");
        (await answer.Content.ReadAsStringAsync()).ShouldContain(">Mehr dazu<");
    }

    [Fact]
    public async Task ProgramReadsTheMessage_WhenARuleRefuses()
    {
        using var answer = await _gateway.GetAsync("/refused/x", "Accept: application/json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("message").GetString().ShouldBe("Closed <until> May");
        problem.GetProperty("link").GetString().ShouldBe("https://help.example.com/closed?a=1&b=2");
    }

    [Fact]
    public async Task AppIsToldByTheChosenNames_WhenThePolicyMapsHeaders()
    {
        var (cookie, session) = await _gateway.SignInAsync();
        using var mapped = await _gateway.GetAsync("/treated/x", $"Cookie: {cookie}");
        var names = JsonDocument.Parse(await mapped.Content.ReadAsStringAsync()).RootElement;
        names.GetProperty("x-webauth-user").GetString().ShouldBe(session.User.ToString());
        names.GetProperty("x-authdog-email").GetString().ShouldBe("ada@example.com");
        names.TryGetProperty("remote-user", out _).ShouldBeFalse();

        using var own = await _gateway.GetAsync("/treated/own", $"Cookie: {cookie}");
        JsonDocument.Parse(await own.Content.ReadAsStringAsync()).RootElement.GetProperty("remote-user").GetString().ShouldBe(session.User.ToString());
    }

    [Theory]
    [Trait("Threat", "B5")]
    [InlineData("X-WEBAUTH-USER")]
    [InlineData("x-webauth-user")]
    [InlineData("X_WEBAUTH_USER")]
    public async Task ClientNeverSaysIt_WhenSomeMappingUsesTheName(string name)
    {
        using var answer = await _gateway.GetAsync("/open/x", $"{name}: root");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("root");
    }

    [Fact]
    public async Task AnswerHasTheChosenHeaders_WhenThePolicyNamesASet()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var custom = await _gateway.GetAsync("/treated/x", $"Cookie: {cookie}");
        custom.Headers.GetValues("Content-Security-Policy").ShouldBe(["frame-ancestors 'self'"]);
        custom.Headers.Contains("X-Frame-Options").ShouldBeFalse();

        using var route = await _gateway.GetAsync("/treated/own", $"Cookie: {cookie}");
        route.Headers.GetValues("X-Frame-Options").ShouldBe(["SAMEORIGIN"]);

        using var off = await _gateway.GetAsync("/treated/off", $"Cookie: {cookie}");
        off.Headers.Contains("X-Frame-Options").ShouldBeFalse();
    }

    [Fact]
    public async Task PolicysRateLimit_CountsNobodyWhoIsOnTheAllowList()
    {
        var cookie = (await _gateway.SignInAsync("eve@example.com", "Eve")).Cookie;
        for (var i = 0; i < 5; i++)
        {
            using var passed = await _gateway.GetAsync("/limited/x", $"Cookie: {cookie}", "X-Forwarded-For: 10.9.9.9");
            passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task AnswersTooMany_WhenTheLimitOfThePolicyIsReached()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        for (var permit = 0; permit < 3; permit++)
        {
            using var passed = await _gateway.GetAsync("/limited/x", $"Cookie: {cookie}");
            passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var refused = await _gateway.GetAsync("/limited/x", $"Cookie: {cookie}", "Accept: application/json");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
        refused.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"policy-three\";q=3;w=600"]);
        JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString()!.ShouldContain("too-many-requests");

        // Somebody else, and a rule without the limit, have permits of their own.
        using var other = await _gateway.GetAsync("/limited/x", $"Cookie: {(await _gateway.SignInAsync("bob@example.com", "Bob")).Cookie}");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var free = await _gateway.GetAsync("/treated/own", $"Cookie: {cookie}");
        free.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("security-headers: typo", "AG1241")]
    [InlineData("header-mapping: typo", "AG1242")]
    [InlineData("rate-limit: some", "AG1243")]
    public async Task SetIsNotPutToUse_WhenANameMeansNothing(string line, string code)
    {
        var catalog = _gateway.Services.GetRequiredService<PolicyCatalog>();
        var file = Path.Combine(catalog.Path, "typo.yaml");
        await File.WriteAllTextAsync(file, $"policy: typo\n{line}\nrules:\n  - {{ name: x, effect: public }}\n");
        try
        {
            catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
            catalog.Contains("typo").ShouldBeFalse();
            catalog.Status.IsDegraded.ShouldBeTrue();
        }
        finally
        {
            File.Delete(file);
            catalog.Reload().Errors.ShouldBeEmpty();
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal Upstream Upstream { get; private set; } = null!;

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Upstream = await Hosting.Upstream.StartAsync(app => app.MapFallback(context =>
                context.Response.WriteAsJsonAsync(context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()))));
            Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
                .Set("Policies:SecurityHeaders:kiosk:Content-Security-Policy", "frame-ancestors 'self'")
                .Set("Policies:HeaderMappings:grafana:User", "X-WEBAUTH-USER")
                .Set("Gateway:TrustedProxies:0", "127.0.0.1")
                .Set("RateLimiting:AllowList:0", "10.9.0.0/16")
                .Set("Policies:RateLimits:three:Permits", "3")
                .Set("Policies:RateLimits:three:Window", "00:10:00")
                .PublicPolicy()
                .Policy("limited", "  - { name: all, effect: allow, rate-limit: three }")
                .Policy("refused", "  - { name: closed, effect: deny, message: Closed <until> May, link: 'https://help.example.com/closed?a=1&b=2' }")
                .Policy("treated", """
                      - { name: own, effect: allow, when: { path: /treated/own } }
                      - { name: off, effect: allow, when: { path: /treated/off }, security-headers: 'off' }
                      - { name: all, effect: allow, security-headers: kiosk, header-mapping: grafana }
                    """)
                .Route("open", "/open/{**all}", "open", Upstream.Url, ("Metadata:Authdog:Unsafe:HeaderNames", "true"))
                .Route("refused", "/refused/{**all}", "refused", Upstream.Url)
                .Route("limited", "/limited/{**all}", "limited", Upstream.Url)
                .Route("treated", "/treated/{**all}", "treated", Upstream.Url, ("Metadata:Authdog:SecurityHeaders", "basic"), ("Metadata:Authdog:Header:User", "Remote-User")));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}
