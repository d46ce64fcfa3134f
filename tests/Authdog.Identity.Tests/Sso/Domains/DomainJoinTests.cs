using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso.Domains;

/// <summary>People with a verified address of a tenant's domain become users by themselves, where the tenant says so.</summary>
[Collection(DomainsCollection.Name)]
[Trait("Threat", "I4")]
public sealed class DomainJoinTests(DomainsFixture fixture) : IAsyncLifetime
{
    private static readonly DomainWishes s_join = new() { Join = true };
    private readonly string _name = "j" + Guid.NewGuid().ToString("N")[..8];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PagesHost Host => fixture.Host;

    public async ValueTask InitializeAsync() => (await Host.SetSettingsAsync("""{ "SignUp": { "Enabled": false } }""")).ShouldBeOfType<TenantChange.Done>();

    public async ValueTask DisposeAsync()
    {
        await Host.SetSettingsAsync("{}");
        foreach (var row in await fixture.Domains.ListAsync(TenantId.Default, Cancel))
        {
            await fixture.Domains.RemoveAsync(TenantId.Default, row.Domain, Cancel);
        }
    }

    [Fact]
    public async Task MakesTheAccountWithItsRole_WhenTheAddressIsVerified()
    {
        await using (var scope = await Host.ScopeAsync())
        {
            await scope.ServiceProvider.GetRequiredService<RoleDirectory>().SetAsync("member", [], Cancel);
        }

        var domain = await fixture.VerifyAsync(TenantId.Default, _name + ".example", s_join with { JoinRoles = ["MEMBER"] });
        using var browser = Host.NewBrowser();
        (await browser.GetAsync(PagePaths.Login)).Html.ShouldContain($"href=\"{PagePaths.SignUp}");
        var person = new Person("ada@" + domain, "correct horse battery staple 17");

        await person.SignUpAsync(Host, browser);

        var (user, roles) = await FindAsync(person.Email);
        (user.ShouldNotBeNull().EmailConfirmed, string.Join(' ', roles)).ShouldBe((true, "member"));
        (await fixture.EventsAsync(TenantId.Default, domain)).ShouldContain(nameof(AuditEventKind.JoinedByDomain));
    }

    [Fact]
    public async Task RefusesTheAddress_WhenItIsOfAnotherDomain()
    {
        var domain = await fixture.VerifyAsync(TenantId.Default, _name + ".example", s_join);

        foreach (var email in new[] { "ada@elsewhere.example", "ada@sub." + domain, "ada@not" + domain })
        {
            var refused = await SignUpAsync(email);
            (refused.Status, refused.Text.Contains("Only people with an address of Default", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), email);
        }
    }

    [Fact]
    public async Task SignUpStaysShut_WhenNobodySaidThatTheDomainJoins_OrItIsNotVerified()
    {
        await fixture.VerifyAsync(TenantId.Default, _name + ".example", new DomainWishes());
        await fixture.PublishAsync(TenantId.Default, "un" + _name + ".example");
        await fixture.Domains.SetAsync(TenantId.Default, "un" + _name + ".example", s_join, Cancel);
        using var browser = Host.NewBrowser();

        (await browser.GetAsync(PagePaths.SignUp)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync(PagePaths.Login)).Html.ShouldNotContain($"href=\"{PagePaths.SignUp}");
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task MakesNoAccount_WhenTheDomainWasTakenAwayBeforeTheAddressWasVerified()
    {
        var domain = await fixture.VerifyAsync(TenantId.Default, _name + ".example", s_join);
        using var browser = Host.NewBrowser();
        var person = new Person("ada@" + domain, "correct horse battery staple 17");
        await person.BeginSignUpAsync(browser);
        var page = await browser.GetAsync(Mailbox.Link(await Host.Mail.ReceiveAsync(person.Email)));
        await fixture.Domains.RemoveAsync(TenantId.Default, domain, Cancel);

        (await browser.SubmitAsync(page)).Status.ShouldBe(HttpStatusCode.Gone);

        (await FindAsync(person.Email)).User.ShouldBeNull();
    }

    [Fact]
    public async Task LeadsThere_WhenTheDomainIsAnotherTenants()
    {
        await Host.SetSettingsAsync("{}");
        var domain = await fixture.VerifyAsync(DomainsFixture.Acme, _name + ".example", s_join);

        var led = await SignUpAsync("ada@" + domain);
        led.Title.ShouldBe("You can join Acme");
        led.Html.ShouldContain("href=\"/.authdog/sign-up?tenant=acme\"");

        await fixture.Domains.SetAsync(DomainsFixture.Acme, domain, new DomainWishes { Join = false }, Cancel);
        (await SignUpAsync("ada@" + domain)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task PickerOffersIt_WhenTheAddressIsProvedAndHasNoAccountThere()
    {
        var domain = await fixture.VerifyAsync(DomainsFixture.Acme, _name + ".example", s_join);

        var offered = await PickAsync("ada@" + domain);
        offered.Html.ShouldContain("href=\"/.authdog/sign-up?tenant=acme\"");
        offered.Text.ShouldContain("can make one by yourself");

        // Who is shut out there is offered nothing.
        await using (var scope = Host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = DomainsFixture.Acme;
            EmailAddress.TryParse("grace@" + domain, out var email).ShouldBeTrue();
            var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            await users.SetDisabledAsync((await users.CreateAsync(email, emailVerified: true, null, null, Cancel))!, disabled: true, Cancel);
        }

        using var browser = Host.NewBrowser();
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Organizations), ("email", "grace@" + domain));
        await PickAsync("another@" + domain);
        Host.Mail.To("grace@" + domain).ShouldBeEmpty();
    }

    [Fact]
    public async Task RefusesTheRole_WhenThereIsNone()
    {
        await fixture.PublishAsync(DomainsFixture.Acme, _name + ".example");

        var refused = await fixture.Domains.SetAsync(DomainsFixture.Acme, _name + ".example", s_join with { JoinRoles = ["nosuch"] }, Cancel);

        refused.ShouldBeOfType<DomainChange.Refused>().Reason.ShouldBe(DomainRefusal.UnknownRole);
        (await fixture.Domains.ListAsync(DomainsFixture.Acme, Cancel)).Single(row => row.Domain == _name + ".example").Join.ShouldBeFalse();
    }

    private async Task<ReceivedPage> SignUpAsync(string email)
    {
        using var browser = Host.NewBrowser();
        return await browser.SubmitAsync(await browser.GetAsync(PagePaths.SignUp), ("email", email), ("name", "Ada"), ("password", "correct horse battery staple 17"));
    }

    private async Task<ReceivedPage> PickAsync(string email)
    {
        using var browser = Host.NewBrowser();
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Organizations), ("email", email));
        return await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(await Host.Mail.ReceiveAsync(email))));
    }

    private async Task<(User? User, IReadOnlyList<string> Roles)> FindAsync(string address)
    {
        await using var scope = await Host.ScopeAsync();
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        var user = await users.FindByEmailAsync(email, Cancel);
        return (user, user is null ? [] : await users.RolesAsync(user, Cancel));
    }
}
