using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Whose passkeys a page may use: by host, by tenant, and what a tenant sets for itself.</summary>
[Trait("Threat", "I7")]
public sealed class RelyingPartyTests(PasskeyHost host) : IClassFixture<PasskeyHost>
{
    [Fact]
    [Trait("Threat", "I10")]
    public async Task PasskeyOfOneTenantsHost_IsNoneOnAnothers()
    {
        TenantId.TryParse("acme", out var acme).ShouldBeTrue();
        await host.Pages.Services.GetRequiredService<TenantDirectory>().AddAsync(acme!, "Acme", CancellationToken.None);
        await using var ours = new PasskeyBench(host.Pages);
        await using var theirs = new PasskeyBench(host.Pages, acme, """{ "Passkeys": { "Origins": ["https://login.acme.test"] } }""");
        theirs.Context.Request.Host = new HostString("login.acme.test");
        using var authenticator = new SoftwareAuthenticator { Origin = "https://login.acme.test", RelyingPartyId = "login.acme.test" };
        var passkey = await theirs.RegisteredAsync(await theirs.NewUserAsync(), authenticator);

        passkey.RelyingPartyId.ShouldBe("login.acme.test");
        (await theirs.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>();

        // The very same answer at the other tenant's host, and as if it were of that host.
        (await ours.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.UnknownCredential);
        authenticator.Origin = "https://gateway.test";
        authenticator.RelyingPartyId = "gateway.test";
        (await ours.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.UnknownCredential);

        // A challenge of one tenant is none of the other's.
        var asked = await ours.AskAsync();
        foreach (var item in ours.Context.Items)
        {
            theirs.Context.Items[item.Key] = item.Value;
        }

        (await theirs.AnswerAsync(asked, authenticator.Get(asked.Options))).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.Challenge);
    }

    [Fact]
    public async Task NothingIsOffered_OnTheGatewaysHost_WhenTheTenantHasOriginsOfItsOwn()
    {
        await using var bench = new PasskeyBench(host.Pages, settings: """{ "Passkeys": { "Origins": ["https://login.acme.test"] } }""");

        (await bench.Assertions.AskAnyAsync(bench.Context, PasskeyBench.Thread, TimeSpan.FromHours(1))).ShouldBeNull();
    }

    [Fact]
    public async Task TenantsOwnHost_HasPasskeysOfItsOwn_WithoutAnySetting()
    {
        await using var bench = new PasskeyBench(host.Pages, null, null, "/acme", "acme.test");
        bench.Context.Request.Host = new HostString("acme.test");
        using var authenticator = new SoftwareAuthenticator { Origin = "https://acme.test", RelyingPartyId = "acme.test" };
        await bench.RegisteredAsync(await bench.NewUserAsync(), authenticator);

        (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>();

        // On the shared host it is none, and on a host that is nobody's nothing is offered.
        bench.Context.Request.Host = new HostString("gateway.test");
        authenticator.Origin = "https://gateway.test";
        authenticator.RelyingPartyId = "gateway.test";
        (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.UnknownCredential);
        bench.Context.Request.Host = new HostString("globex.test");
        (await bench.Assertions.AskAnyAsync(bench.Context, PasskeyBench.Thread, TimeSpan.FromHours(1))).ShouldBeNull();
    }

    [Theory]
    [InlineData("a.gateway.test", "gateway.test")]
    [InlineData("acme.test", "acme.test")]
    public async Task TenantsOwnHost_UsesTheGatewaysDomain_WhereThatCoversIt(string address, string id)
    {
        await using var bench = new PasskeyBench(host.Pages, null, """{ "Passkeys": { "RelyingPartyId": "gateway.test" } }""", address);
        bench.Context.Request.Host = new HostString(address);

        bench.Get<RelyingParties>().Find(bench.Context).ShouldNotBeNull().Id.ShouldBe(id);
    }

    [Fact]
    public async Task OnePasskey_IsGoodForAllHostsOfItsDomain()
    {
        const string settings = """{ "Passkeys": { "Origins": ["https://a.acme.test", "https://b.acme.test"], "RelyingPartyId": "acme.test" } }""";
        await using var bench = new PasskeyBench(host.Pages, settings: settings);
        bench.Context.Request.Host = new HostString("a.acme.test");
        using var authenticator = new SoftwareAuthenticator { Origin = "https://a.acme.test", RelyingPartyId = "acme.test" };
        await bench.RegisteredAsync(await bench.NewUserAsync(), authenticator);
        bench.Context.Request.Host = new HostString("b.acme.test");
        authenticator.Origin = "https://b.acme.test";

        (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>();

        // Not for one that the operator did not name, though browsers would sign there.
        bench.Context.Request.Host = new HostString("c.acme.test");
        (await bench.Assertions.AskAnyAsync(bench.Context, PasskeyBench.Thread, TimeSpan.FromHours(1))).ShouldBeNull();
    }

    [Fact]
    public async Task RelatedOrigin_UsesThePasskeysOfTheDomain()
    {
        await using var bench = new PasskeyBench(host.Pages, settings: """{ "Passkeys": { "RelatedOrigins": ["https://related.example"] } }""");
        using var authenticator = new SoftwareAuthenticator();
        await bench.RegisteredAsync(await bench.NewUserAsync(), authenticator);
        bench.Context.Request.Host = new HostString("related.example");
        authenticator.Origin = "https://related.example";

        (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>();

        // An answer of one page is none of another's.
        authenticator.Origin = "https://gateway.test";
        (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Refused>().Reason.ShouldBe(PasskeyRefusal.NotVerified);
    }

    [Fact]
    public async Task ReportsOnly_WhenTheTenantWantsSo_AndTheCounterWentBack()
    {
        await using var bench = new PasskeyBench(host.Pages, settings: """{ "Passkeys": { "CounterRegression": "Report" } }""");
        using var authenticator = new SoftwareAuthenticator();
        await bench.RegisteredAsync(await bench.NewUserAsync(), authenticator);
        authenticator.SignCount = 1;

        (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>();
    }

    [Fact]
    public async Task OneFactor_WhenTheTenantDoesNotInsistOnVerification()
    {
        await using var bench = new PasskeyBench(host.Pages, settings: """{ "Passkeys": { "UserVerification": "Preferred" } }""");
        using var authenticator = new SoftwareAuthenticator { Flags = AuthenticatorFlags.UserPresent };
        await bench.RegisteredAsync(await bench.NewUserAsync(), authenticator);

        var factor = (await bench.SignInAsync(authenticator)).ShouldBeOfType<AssertionResult.Verified>().Assertion.Factor(host.Pages.Time.GetUtcNow());

        factor.Kinds.ShouldBe(FactorKinds.Possession);
        Assurance.Acr([factor]).ShouldBe(Assurance.SingleFactor);
    }

    [Fact]
    public async Task NothingIsOffered_WhenTheTenantWantsNoPasskeys()
    {
        await using var bench = new PasskeyBench(host.Pages, settings: """{ "Passkeys": { "Enabled": false } }""");

        (await bench.Assertions.AskAnyAsync(bench.Context, PasskeyBench.Thread, TimeSpan.FromHours(1))).ShouldBeNull();
        (await bench.Registrations.AskAsync(bench.Context, await bench.NewUserAsync(), PasskeyBench.Thread, silently: false, CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://app.example.com", "example.com", null)]
    [InlineData("https://app.example.com", null, null)]
    [InlineData("https://app.example.com", "https://example.com", "Give a domain in lower case")]
    [InlineData("https://app.example.com", "com", "Give a domain in lower case")]
    [InlineData("https://app.example.com", "Example.com", "Give a domain in lower case")]
    [InlineData("https://app.example.com", "example.com.", "Give a domain in lower case")]
    [InlineData("https://app.example.com", "127.0.0.1", "Give a domain in lower case")]
    [InlineData("https://app.example.com", "other.com", "browsers would refuse every passkey there")]
    [InlineData("https://app.example.com", "b.app.example.com", "browsers would refuse every passkey there")]
    [InlineData("https://app.example.com", "ample.com", "browsers would refuse every passkey there")]
    public void RelyingPartyIdMustSuitThePublicUrl(string publicUrl, string? id, string? complaint) =>
        Complaints(new PasskeyOptions { RelyingPartyId = id }, publicUrl).ShouldBe(complaint);

    [Theory]
    [InlineData("http://example.net")]
    [InlineData("https://example.net/")]
    [InlineData("https://example.net/path")]
    [InlineData("https://user@example.net")]
    [InlineData("https://EXAMPLE.net")]
    [InlineData("https://192.0.2.1")]
    [InlineData("example.net")]
    public void OriginMustBeOne(string origin) => Complaints(new PasskeyOptions { RelatedOrigins = { origin } }).ShouldNotBeNull().ShouldStartWith("Give https, host and port only");

    [Fact]
    public void OriginsOfOneTenantShareADomain() =>
        Complaints(new PasskeyOptions { Origins = { "https://a.example", "https://b.example" } }).ShouldNotBeNull().ShouldContain("Set Passkeys:RelyingPartyId");

    [Fact]
    public void ModelsAreNotRestrictedByWhatNothingProves() =>
        Complaints(new PasskeyOptions { AllowedAuthenticators = { Guid.NewGuid() } }).ShouldNotBeNull().ShouldStartWith("Name the PEM file");

    private static string? Complaints(PasskeyOptions options, string publicUrl = "https://app.example.com")
    {
        var result = new PasskeyOptions.Validator(Options.Create(new PublicUrlOptions { PublicUrl = new Uri(publicUrl) })).Validate(null, options);
        var all = result.FailureMessage;
        string[] cures = ["Give a domain in lower case", "browsers would refuse every passkey there", "Give https, host and port only", "Set Passkeys:RelyingPartyId", "Name the PEM file"];
        return all is null ? null : cures.FirstOrDefault(cure => all.Contains(cure, StringComparison.Ordinal)) ?? all;
    }
}
