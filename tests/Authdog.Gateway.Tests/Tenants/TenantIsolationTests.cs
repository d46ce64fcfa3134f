using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Tenants;

/// <summary>Whose customer a request is, and that nothing of one works with another.</summary>
[Trait("Threat", "I10")]
public sealed partial class TenantIsolationTests(TenantsFixture fixture) : IClassFixture<TenantsFixture>
{
    private const string Shared = "localhost";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SessionWorksOnItsTenantsHostAlone_WhenHostsAreTheTenantsOwn()
    {
        var acme = await fixture.SignInAsync(TenantsFixture.Acme);

        (await fixture.AskAsync("acme.test", "/members/x", acme)).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.AskAsync("globex.test", "/members/x", acme)).Status.ShouldBe(HttpStatusCode.Found);
        (await fixture.AskAsync("ACME.test:80", "/members/x", acme)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SessionNamesTheTenant_WhenTheHostIsShared()
    {
        var acme = await fixture.SignInAsync(TenantsFixture.Acme, shared: true);

        (await fixture.AskAsync(Shared, "/members/x", acme)).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.AskAsync(Shared, "/.authdog/session", acme, accept: "application/json")).Body.ShouldContain("\"tenant\":\"acme\"");
    }

    [Fact]
    public async Task SessionOfAnotherTenantIsNone_WhenThePathIsATenantsOwn()
    {
        var acme = await fixture.SignInAsync(TenantsFixture.Acme, shared: true);
        var globex = await fixture.SignInAsync(TenantsFixture.Globex, shared: true);

        (await fixture.AskAsync(Shared, "/acme/x", acme)).Status.ShouldBe(HttpStatusCode.OK);
        var challenge = await fixture.AskAsync(Shared, "/acme/x", globex);
        challenge.Location.ShouldBe("/.authdog/login?return=%2Facme%2Fx&tenant=acme");
        (await fixture.AskAsync(Shared, challenge.Location!, globex)).Cookies.ShouldContain(cookie => cookie.StartsWith("authdog-tenant=acme;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ParameterNeverSwitchesASession_WhenItNamesAnotherTenant()
    {
        var acme = await fixture.SignInAsync(TenantsFixture.Acme, shared: true);

        (await fixture.AskAsync(Shared, "/members/x?tenant=globex", acme)).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.AskAsync(Shared, "/.authdog/session?tenant=globex", acme, accept: "application/json")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await fixture.AskAsync(Shared, "/.authdog/session", acme + "; authdog-tenant=globex", accept: "application/json")).Body.ShouldContain("\"tenant\":\"acme\"");
        (await fixture.AskAsync("acme.test", "/.authdog/login?tenant=globex")).Cookies.ShouldNotContain(cookie => cookie.StartsWith("authdog-tenant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LoginOfOneTenantCannotBeContinuedInAnother_WhenItsFlowIsTaken()
    {
        var begun = await fixture.AskAsync(Shared, "/.authdog/login?tenant=acme&return=%2Fmembers%2Fx");
        var flow = WebUtility.HtmlDecode(Flow().Match(begun.Body).Groups[1].Value);
        flow.ShouldNotBeEmpty();
        var browser = string.Join("; ", begun.Cookies.Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.StartsWith("authdog-tenant", StringComparison.Ordinal)));

        var same = await fixture.AskAsync(Shared, $"/.authdog/login?tenant=acme&flow={Uri.EscapeDataString(flow)}", browser);
        var other = await fixture.AskAsync(Shared, $"/.authdog/login?tenant=globex&flow={Uri.EscapeDataString(flow)}", browser);

        WebUtility.HtmlDecode(Flow().Match(same.Body).Groups[1].Value).ShouldBe(flow);
        WebUtility.HtmlDecode(Flow().Match(other.Body).Groups[1].Value).ShouldNotBe(flow);
    }

    [Fact]
    public async Task SaysSo_WhenThereIsNoSuchTenant()
    {
        var page = await fixture.AskAsync(Shared, "/.authdog/login?tenant=nobody");
        var json = await fixture.AskAsync(Shared, "/.authdog/session?tenant=nobody", accept: "application/json");

        (page.Status, json.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        page.Body.ShouldContain("There is no such organization");
        json.Body.ShouldContain("tenant-unknown");
        (await fixture.AskAsync(Shared, "/open/x", "authdog-tenant=nobody")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.Forbidden)]
    [InlineData(false, HttpStatusCode.Forbidden)]
    public async Task SessionsEndAtOnceAndForGood_WhenTheTenantIsShut(bool suspend, HttpStatusCode shutStatus)
    {
        var tenant = TenantId.Parse(suspend ? "initech" : "hooli");
        await fixture.AddAsync(tenant, $"{tenant}.test");
        var session = await fixture.SignInAsync(tenant);
        (await fixture.AskAsync($"{tenant}.test", "/members/x", session)).Status.ShouldBe(HttpStatusCode.OK);

        (suspend ? await fixture.Changes.SuspendAsync(tenant, Cancel) : await fixture.Changes.DeleteAsync(tenant, Cancel)).ShouldBeOfType<TenantChange.Done>();
        var shut = await fixture.AskAsync($"{tenant}.test", "/members/x", session);
        var open = await fixture.AskAsync($"{tenant}.test", "/open/x");
        await fixture.Changes.ResumeAsync(tenant, Cancel);

        shut.Status.ShouldBe(suspend ? shutStatus : HttpStatusCode.NotFound);
        open.Status.ShouldBe(shut.Status);
        (await fixture.AskAsync($"{tenant}.test", "/members/x", session)).Status.ShouldBe(HttpStatusCode.Found);
        (await fixture.AskAsync($"{tenant}.test", "/members/x", await fixture.SignInAsync(tenant))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task DefaultTenantStaysOpen_WhenSomebodyWantsToShutIt()
    {
        (await fixture.Changes.SuspendAsync(TenantId.Default, Cancel)).ShouldBeOfType<TenantChange.Refused>();
        (await fixture.Changes.DeleteAsync(TenantId.Default, Cancel)).ShouldBeOfType<TenantChange.Refused>();
    }

    [Fact]
    public async Task AddressLeadsToOneTenant_WhenAnotherWantsItToo()
    {
        (await fixture.Changes.AddAddressAsync(TenantsFixture.Globex, "ACME.test", Cancel)).ShouldBeOfType<TenantChange.Refused>().Mistakes.ShouldHaveSingleItem().ShouldStartWith("AG3407 'acme.test' belongs to");
        (await fixture.AskAsync("acme.test", "/members/x", await fixture.SignInAsync(TenantsFixture.Acme))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("acme.test:443")]
    [InlineData("https://acme.test")]
    [InlineData("acme..test")]
    [InlineData("/.authdog")]
    [InlineData("/a/b")]
    [InlineData("/a%2fb")]
    [InlineData("/")]
    [InlineData("*.test")]
    public async Task RefusesTheAddress_WhenItIsNone(string address) =>
        (await fixture.Changes.AddAddressAsync(TenantsFixture.Acme, address, Cancel)).ShouldBeOfType<TenantChange.Refused>().Mistakes.ShouldHaveSingleItem().ShouldStartWith("AG3406");

    /// <summary>Every endpoint that there is, asked on acme's host by somebody who is signed in at globex: they get what a stranger gets.</summary>
    [Fact]
    public async Task EveryEndpointTakesAnotherTenantsSessionForNone_WhenItIsAsked()
    {
        var globex = await fixture.SignInAsync(TenantsFixture.Globex);
        var acme = await fixture.SignInAsync(TenantsFixture.Acme);
        var asked = 0;
        var tellsApart = 0;
        foreach (var endpoint in fixture.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var target = "/" + Parameters().Replace(endpoint.RoutePattern.RawText ?? string.Empty, "x").TrimStart('/');
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                if (target == "/.authdog/logout" && method == "POST")
                {
                    continue;
                }

                var stranger = await fixture.AskAsync("acme.test", target, null, method);
                var other = await fixture.AskAsync("acme.test", target, globex, method);
                var own = await fixture.AskAsync("acme.test", target, acme, method);

                (other.Status, other.Location).ShouldBe((stranger.Status, stranger.Location), $"{method} {target}");
                asked++;
                tellsApart += own.Status != stranger.Status ? 1 : 0;
            }
        }

        asked.ShouldBeGreaterThan(15);
        tellsApart.ShouldBeGreaterThan(3);
    }

    [GeneratedRegex("name=\"flow\" value=\"([^\"]+)\"")]
    private static partial Regex Flow();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameters();
}
