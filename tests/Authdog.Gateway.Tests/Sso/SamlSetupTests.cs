using System.Net;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Sso.Setup;
using Authdog.TestKit.Saml;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>A customer's IT administrator, with a link and no account, connects their identity provider.</summary>
[Collection("saml")]
public sealed class SamlSetupTests(SamlFixture fixture)
{
    private const string Start = "/.authdog/setup";
    private const string MetadataBomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><EntityDescriptor>&b;</EntityDescriptor>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SetupLinks Links => fixture.Gateway.Services.GetRequiredService<SetupLinks>();

    [Fact]
    public async Task GuidesFromTheLinkToALiveConnection()
    {
        SamlFixture.Done(await fixture.Changes.BindAsync(SamlFixture.Acme, "example.com", "php", Cancel));
        SamlFixture.Done(await fixture.Changes.BindAsync(SamlFixture.Acme, "example.com", null, Cancel));
        using var admin = fixture.NewVisitor();
        var link = await InviteAsync("wizard");
        await OpenAsync(admin, link);
        var published = await fixture.PublishedAsync(SamlFixture.Acme, "wizard");
        await fixture.RegisterAsync(null, SamlFixture.Registration(published));

        var values = await admin.FollowAsync(await admin.SubmitAsync(await admin.GetAsync(Start + "/provider"), Start + "/provider", ("provider", "keycloak")));
        values.Text.ShouldContain(published.AssertionConsumerService);
        values.Text.ShouldContain("Master SAML Processing URL");

        // Nothing goes live before it has been tried.
        (await admin.GetAsync(Start + "/live")).Text.ShouldContain("try a sign-in first");

        var domain = await admin.FollowAsync(await GiveAsync(admin, ("url", fixture.Php.EntityId)));
        domain.Text.ShouldContain("Your e-mail domain");
        (await admin.FollowAsync(await admin.SubmitAsync(domain, Start + "/domain", ("domain", "example.com")))).Text.ShouldContain("example.com is confirmed");

        var report = await TryAsync(admin);
        report.Text.ShouldContain("It works");
        report.Html.ShouldContain("<code>mail</code>");
        report.Text.ShouldContain("ada@example.com");
        report.Text.ShouldContain("staff, finance");
        (await admin.SessionAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await admin.SubmitAsync(await admin.GetAsync(Start + "/live"), Start + "/live")).Text.ShouldContain("It is live");
        using var ada = fixture.NewVisitor();
        (await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login)).Html.ShouldStartWith("app for");
        Over(await admin.GetAsync(Start + "/values"));
        Over(await admin.GetAsync(link));
    }

    [Fact]
    public async Task SaysInWordsWhatIsWrong_WhenTheProviderIsNotWhatWasGiven()
    {
        using var admin = fixture.NewVisitor();
        await OpenAsync(admin, await InviteAsync("words"));
        var published = await fixture.PublishedAsync(SamlFixture.Acme, "words");
        await fixture.RegisterAsync(null, SamlFixture.Registration(published));
        (await admin.SubmitAsync(await admin.GetAsync(Start + "/test"), Start + "/test")).Text.ShouldContain("First give us the metadata");

        // The certificate is another's.
        (await GiveAsync(admin, ("entity", fixture.Php.EntityId), ("signon", fixture.Php.Url + "saml2/idp/SSOService.php"), ("certificate", SamlIdpKey.Create("other").Certificate))).Status.ShouldBe(HttpStatusCode.SeeOther);
        var report = await TryAsync(admin);
        report.Text.ShouldContain("It does not work yet");
        report.Text.ShouldContain("does not fit the certificate");
        report.Text.ShouldContain("AG5106");

        // The entity id is another's.
        await GiveAsync(admin, ("url", fixture.Php.EntityId));
        await fixture.Setup.SetAsync(SamlFixture.Acme, "words", new SamlChoices { EntityId = "https://elsewhere.example/idp" }, null, Cancel);
        (await TryAsync(admin)).Text.ShouldContain("another identity provider");
        (await admin.GetAsync(Start + "/live")).Text.ShouldContain("try a sign-in first");
    }

    [Theory]
    [Trait("Threat", "I9")]
    [InlineData("url", "file:///etc/passwd", "AG5712")]
    [InlineData("url", "ftp://idp.example/metadata", "AG5712")]
    [InlineData("url", "https://ada@idp.example/metadata", "AG5712")]
    [InlineData("url", "http://127.0.0.1:1/metadata", "AG5712")]
    [InlineData("metadata", MetadataBomb, "AG5006")]
    [InlineData("metadata", "not xml", "AG5005")]
    [InlineData("metadata", "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/>", "AG5501")]
    public async Task RefusesWhatIsTyped_WhenItIsHostile(string field, string value, string code)
    {
        using var admin = fixture.NewVisitor();
        await OpenAsync(admin, await InviteAsync("hostile"));

        var page = await GiveAsync(admin, (field, value));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain(code);
    }

    [Fact]
    public async Task LinkIsOver_WhenItIsRevokedReplacedOrTooOld()
    {
        using var admin = fixture.NewVisitor();
        await OpenAsync(admin, await InviteAsync("over"));
        (await admin.GetAsync(Start + "/values")).Status.ShouldBe(HttpStatusCode.OK);
        (await Links.RevokeAsync(SamlFixture.Acme, "over", Cancel)).ShouldBeTrue();
        Over(await admin.GetAsync(Start + "/values"));

        var first = await InviteAsync("over");
        var second = await InviteAsync("over");
        Over(await admin.GetAsync(first));
        await OpenAsync(admin, second);
        fixture.Time.Shift = TimeSpan.FromDays(8);
        try
        {
            Over(await admin.GetAsync(second));
        }
        finally
        {
            fixture.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task LinkOpensItsConnectionAlone()
    {
        await InviteAsync("mine");
        var link = await InviteAsync("yours");
        using var admin = fixture.NewVisitor();

        Over(await admin.GetAsync(link.Replace("connection=yours", "connection=mine", StringComparison.Ordinal)));
        Over(await admin.GetAsync(link.Replace("tenant=acme", "tenant=globex", StringComparison.Ordinal)));
        Over(await admin.GetAsync(Start + "/values"));
        await OpenAsync(admin, link);
        Over(await admin.GetAsync(Start + "/values?tenant=globex"));
        using var stranger = fixture.NewVisitor();
        Over(await stranger.GetAsync(Start + "/metadata?tenant=acme"));
    }

    [Fact]
    public async Task TakesNoDomainFromAnotherConnection()
    {
        await fixture.UseAsync("php");
        using var admin = fixture.NewVisitor();
        await OpenAsync(admin, await InviteAsync("greedy"));

        var page = await admin.SubmitAsync(await admin.GetAsync(Start + "/domain"), Start + "/domain", ("domain", "example.com"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<string> InviteAsync(string connection)
    {
        var (link, mistakes) = await Links.InviteAsync(SamlFixture.Acme, connection, ConnectionKind.Saml, SetupLinks.DefaultLifetime, Cancel);
        mistakes.ShouldBeEmpty();
        return new Uri(link!).PathAndQuery;
    }

    private static async Task OpenAsync(Visitor admin, string link)
    {
        var page = await admin.GetAsync(link);
        page.Text.ShouldContain("Connect your sign-in");
        var begun = await admin.SubmitAsync(page, Start);
        begun.Location.ShouldBe(Start + "/provider");
    }

    private static async Task<Visitor.Seen> GiveAsync(Visitor admin, params (string Name, string Value)[] fields) =>
        await admin.SubmitAsync(await admin.GetAsync(Start + "/metadata"), Start + "/metadata", fields);

    private static async Task<Visitor.Seen> TryAsync(Visitor admin) =>
        await admin.ArriveAsync(await admin.PassAsync(await admin.SubmitAsync(await admin.GetAsync(Start + "/test"), Start + "/test")));

    private static void Over(Visitor.Seen page)
    {
        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Text.ShouldContain("This link does not work");
    }
}
