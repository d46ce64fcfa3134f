using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>An account at a SAML identity provider as one more way into an account that is there already.</summary>
[Collection("saml")]
public sealed partial class SamlLinkingTests(SamlFixture fixture)
{
    private const string List = "/.authdog/account/identities";
    private const string Connect = List + "/connect";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Threat", "I4")]
    [Trait("Threat", "I10")]
    public async Task SignsInToTheAccountThatLinkedIt_AndToNoneOfAnotherTenant()
    {
        await fixture.AddAsync(SamlFixture.Acme, "linked", new SamlChoices { MetadataUrl = fixture.Php.EntityId });
        SamlFixture.Done(await fixture.Setup.SetAsync(SamlFixture.Acme, "linked", new SamlChoices(), static row => row.HasButton = true, Cancel));
        await fixture.RegisterAsync(null, SamlFixture.Registration(await fixture.PublishedAsync(SamlFixture.Acme, "linked")));
        using var carol = fixture.NewVisitor();
        var user = await SignInAsync(carol, "carol@home.test");

        var asked = await carol.GetAsync(ConnectLinks().Matches((await carol.GetAsync(List)).Html).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)).Single());
        asked.Text.ShouldContain("acme linked");
        var list = await carol.ArriveAsync(await carol.PassAsync(await carol.FollowAsync(await carol.SubmitAsync(asked, Connect))));
        list.Text.ShouldContain("You can sign in with that account from now on.");
        list.Text.ShouldContain("acme linked");

        // Whatever its address says: it is this account's now.
        using var browser = fixture.NewVisitor();
        var login = await browser.GetAsync(SamlFixture.Login);
        var leaving = await browser.FollowAsync(await browser.SubmitAsync(login, "/.authdog/login", ("method", "sso"), ("connection", "linked")));
        (await browser.ArriveAsync(await browser.PassAsync(leaving))).Html.ShouldStartWith("app for carol@home.test");
        Subject(await browser.SessionAsync()).ShouldBe(user);

        // The same person at the same provider is nobody that another customer knows.
        using var elsewhere = fixture.NewVisitor();
        leaving = await elsewhere.IdentifyAsync(SamlFixture.Person, "/.authdog/login?tenant=globex&return=%2Fmembers%2Fx");
        leaving.Html.ShouldContain("name=\"password\"");
        (await elsewhere.SubmitAsync(await elsewhere.GetAsync("/.authdog/login?tenant=globex"), "/.authdog/login", ("method", "sso"), ("connection", "linked"))).Html.ShouldNotContain(fixture.Php.Url);
    }

    private async Task<string> SignInAsync(Visitor visitor, string address)
    {
        await using var scope = fixture.Gateway.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = SamlFixture.Acme;
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        var user = (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, emailVerified: true, "Carol", passwordHash: null, Cancel)).ShouldNotBeNull();
        NewSession session = new(SamlFixture.Acme, user.UserId, new SessionProfile(address, EmailVerified: true, "Carol", []), [AuthenticationFactor.Password(fixture.Time.GetUtcNow())], null, null);
        await visitor.GetAsync(SamlFixture.Login);
        visitor.Hold($"authdog={(await fixture.Gateway.Services.GetRequiredService<SessionStore>().IssueAsync(session, null, Cancel)).Token.Value}");
        return user.UserId.ToString();
    }

    private static string? Subject(Visitor.Seen session) => JsonDocument.Parse(session.Html).RootElement.GetProperty("sub").GetString();

    [GeneratedRegex("href=\"(/\\.authdog/account/identities/connect[^\"]*)\"")]
    private static partial Regex ConnectLinks();
}
