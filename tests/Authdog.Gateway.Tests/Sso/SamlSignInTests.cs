using System.Net;
using System.Text.Json;
using Authdog.Identity.Redis;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Sso.Saml;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>Sign-ins by SAML identity providers that others wrote, through the gateway's own pages.</summary>
[Collection("saml")]
public sealed class SamlSignInTests(SamlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LeadsThroughTheProviderToTheApp_WhenTheAddressIsOfAVerifiedDomain()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();

        var app = await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);

        app.Html.ShouldStartWith("app for ada@example.com");
        var session = JsonDocument.Parse((await ada.SessionAsync()).Html).RootElement;
        (session.GetProperty("tenant").GetString(), session.GetProperty("email").GetString(), session.GetProperty("acr").GetString()).ShouldBe(("acme", SamlFixture.Person, "aal1"));
        ada.Provider.SignIns.ShouldBe(1);
    }

    [Theory]
    [InlineData("assertion", "redirect")]
    [InlineData("response", "post")]
    [InlineData("gcm", "redirect")]
    [InlineData("cbc", "post")]
    public async Task SignsIn_WhateverIsSignedAndEncrypted(string connection, string binding)
    {
        await fixture.UseAsync(connection, new SamlChoices { Binding = binding, RequireEncryption = connection is "gcm" or "cbc" });
        using var ada = fixture.NewVisitor();

        var leaving = await ada.IdentifyAsync(SamlFixture.Person, SamlFixture.Login);
        (leaving.Elsewhere is null).ShouldBe(binding == "post");

        (await ada.ArriveAsync(await ada.PassAsync(leaving))).Html.ShouldStartWith("app for ada@example.com");
    }

    [Fact]
    public async Task GroupsOfTheProviderGiveRoles_WhenTheConnectionMapsThem()
    {
        await fixture.UseAsync("php", further: static connection => connection.Mapping = """{"roles":{"finance":["accountant"],"nobody":["owner"]},"defaultRoles":["member"]}""");
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();
        try
        {
            (await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldContain("roles accountant,member");
        }
        finally
        {
            await fixture.UseAsync("php", further: static connection => connection.Mapping = "{}");
        }

        // What gives no role any more takes it away at the next sign-in.
        using var again = fixture.NewVisitor();
        (await again.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldEndWith("roles ");
    }

    [Fact]
    public async Task OffersNoPassword_WhenTheConnectionIsEnforced()
    {
        await fixture.UseAsync("php", further: static connection => connection.Enforced = true);
        try
        {
            using var anybody = fixture.NewVisitor();
            var leaving = await anybody.IdentifyAsync("nobody@example.com", SamlFixture.Login);
            leaving.Elsewhere!.ShouldStartWith(fixture.Php.Url);

            var signUp = await anybody.SubmitAsync(await anybody.GetAsync("/.authdog/sign-up?tenant=acme"), "/.authdog/sign-up", ("email", "nobody@example.com"), ("name", "Nobody"), ("password", "correct horse battery staple"));
            signUp.Text.ShouldContain("Your organisation signs you in");
        }
        finally
        {
            await fixture.UseAsync("php", further: static connection => connection.Enforced = false);
        }
    }

    [Fact]
    public async Task LeadsSignUpsToTheConnection_WhenTheDomainIsCaptured()
    {
        await fixture.UseAsync("php");
        using var anybody = fixture.NewVisitor();
        async Task<Visitor.Seen> SignUpAsync(string tenant) => await anybody.SubmitAsync(
            await anybody.GetAsync("/.authdog/sign-up?tenant=" + tenant), "/.authdog/sign-up", ("email", "new@example.com"), ("name", "New"), ("password", "correct horse battery staple"));

        (await SignUpAsync("acme")).Location.ShouldNotBeNull();
        await fixture.Domains.SetAsync(SamlFixture.Acme, "example.com", new DomainWishes { Capture = true }, Cancel);
        try
        {
            (await SignUpAsync("acme")).Text.ShouldContain("Your organisation signs you in");

            // On the shared pages the domain says whose customer it is; on another customer's it says nothing.
            (await SignUpAsync("default")).Html.ShouldContain("/.authdog/login?tenant=acme");
            (await SignUpAsync("globex")).Location.ShouldNotBeNull();
        }
        finally
        {
            await fixture.Domains.SetAsync(SamlFixture.Acme, "example.com", new DomainWishes { Capture = false }, Cancel);
        }
    }

    [Fact]
    public async Task AsksTheProviderAnew_WhenAFreshProofIsNeeded()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();
        await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);

        var stepUp = await ada.FollowAsync(await ada.GetAsync("/.authdog/login?prompt=login&return=%2Fmembers%2Fy"));
        (await ada.ArriveAsync(await ada.PassAsync(stepUp))).Html.ShouldStartWith("app for");

        ada.Provider.SignIns.ShouldBe(2);
    }

    [Fact]
    public async Task SaysWhatWentWrong_WhenTheConnectionKnowsNoProvider()
    {
        await fixture.AddAsync(SamlFixture.Acme, "empty", new SamlChoices());
        await fixture.UseAsync("empty");
        using var ada = fixture.NewVisitor();

        var page = await ada.IdentifyAsync(SamlFixture.Person, SamlFixture.Login);

        page.Status.ShouldBe(HttpStatusCode.BadGateway);
        page.Text.ShouldContain("does not answer");
    }

    [Fact]
    public async Task MetadataDescribesThisSide_WhenItIsAskedFor()
    {
        using var anybody = fixture.NewVisitor();
        var published = await fixture.PublishedAsync(SamlFixture.Acme, "php");

        var metadata = await anybody.GetAsync(new Uri(published.EntityId).PathAndQuery);

        published.EntityId.ShouldBe($"{fixture.Url.GetLeftPart(UriPartial.Authority)}/.authdog/saml/php/metadata?tenant=acme");
        metadata.Html.ShouldContain(published.AssertionConsumerService);
        metadata.Html.ShouldContain(published.SigningCertificates[0]);
        metadata.Html.ShouldContain(published.EncryptionCertificates[0]);
        published.SigningCertificates.ShouldNotBe(published.EncryptionCertificates);
        published.SigningCertificates.ShouldNotBe((await fixture.PublishedAsync(SamlFixture.Globex, "php")).SigningCertificates);
        metadata.Html.ShouldNotContain("PRIVATE KEY");
        (await anybody.GetAsync("/.authdog/saml/nothing/metadata?tenant=acme")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task NoSignInFails_WhenTheProviderRollsItsKeyOver()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();

        // Unknown keys are asked about once a minute; another test may have used that up.
        var connection = (await fixture.Gateway.Services.GetRequiredService<Connections>().FindAsync(SamlFixture.Acme, "php", Cancel))!;
        await fixture.Gateway.Services.GetRequiredService<CounterStore>().ResetAsync(SamlFixture.Acme, "saml-refresh", connection.Id.ToString("N"), Cancel);
        fixture.Php.AnnounceKey();
        try
        {
            // It signs with a key that nobody here has seen, and still publishes the old one, which vouches for it.
            fixture.Php.SwapKeys();
            using var first = fixture.NewVisitor();
            (await first.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldStartWith("app for");

            // Then the old one goes.
            fixture.Php.AnnounceKey();
            SamlFixture.Done(await fixture.Setup.RefreshAsync(SamlFixture.Acme, "php", accept: false, Cancel));
            fixture.Php.SwitchKey();
            using var second = fixture.NewVisitor();
            (await second.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldStartWith("app for");
        }
        finally
        {
            SamlFixture.Done(await fixture.Setup.RefreshAsync(SamlFixture.Acme, "php", accept: true, Cancel));
            SamlFixture.Done(await fixture.Setup.RefreshAsync(SamlFixture.Globex, "php", accept: true, Cancel));
        }
    }

    [Fact]
    public async Task KeyThatNoOldOneVouchesFor_IsNotBelieved_UntilAnAdministratorAccepts()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        fixture.Php.AnnounceKey();
        fixture.Php.SwitchKey();
        using var ada = fixture.NewVisitor();
        var refused = await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await fixture.Setup.RefreshAsync(SamlFixture.Acme, "php", accept: false, Cancel)).ShouldBeOfType<ConnectionChange.Refused>().Mistakes[0].ShouldContain("--accept");

        SamlFixture.Done(await fixture.Setup.RefreshAsync(SamlFixture.Acme, "php", accept: true, Cancel));
        SamlFixture.Done(await fixture.Setup.RefreshAsync(SamlFixture.Globex, "php", accept: true, Cancel));
        using var again = fixture.NewVisitor();
        (await again.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldStartWith("app for");
    }

    [Fact]
    public async Task OurKeysRollOverInTwoSteps_WithoutAFailedSignIn()
    {
        await fixture.UseAsync("php");
        try
        {
            await fixture.Setup.RotateKeysAsync(SamlFixture.Acme, "php", Cancel);
            var both = await fixture.PublishedAsync(SamlFixture.Acme, "php");
            both.SigningCertificates.Count.ShouldBe(2);
            await fixture.RegisterAsync(service => service with { EncryptionCertificate = both.EncryptionCertificates[1] });
            using var ada = fixture.NewVisitor();
            (await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldStartWith("app for");

            await fixture.Setup.RotateKeysAsync(SamlFixture.Acme, "php", Cancel);
            (await fixture.PublishedAsync(SamlFixture.Acme, "php")).SigningCertificates.ShouldBe([both.SigningCertificates[1]]);
            await fixture.RegisterAsync(service => service with { EncryptionCertificate = both.EncryptionCertificates[1] });
            using var again = fixture.NewVisitor();
            (await again.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldStartWith("app for");
        }
        finally
        {
            await fixture.RegisterAsync();
        }
    }
}
