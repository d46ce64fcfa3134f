using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Organizations;

/// <summary>One address in several tenants.</summary>
public sealed class OrganizationFlowTests : IAsyncLifetime
{
    private readonly PagesHost _host = new PagesHost().With("Accounts:Organizations:Offered", "true");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        foreach (var (id, name) in new[] { ("acme", "Acme Corp"), ("globex", "Globex"), ("shut", "Shut Ltd") })
        {
            await _host.Services.GetRequiredService<TenantDirectory>().AddAsync(TenantId.Parse(id), name, CancellationToken.None);
            await _host.Services.GetRequiredService<TenantChanges>().TellAsync(TenantId.Parse(id));
        }

        await _host.Services.GetRequiredService<TenantChanges>().AddAddressAsync(TenantId.Parse("globex"), "globex.test", CancellationToken.None);
        await _host.Services.GetRequiredService<TenantChanges>().SuspendAsync(TenantId.Parse("shut"), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Threat", "I1")]
    public async Task OnlyTheMailTells_WhenAStrangerAsksForAnAddress()
    {
        var member = Person.New().Email;
        var nobody = Person.New().Email;
        await AddAsync("acme", member);
        await AddAsync("globex", member);
        await AddAsync("shut", member);
        await AddAsync("acme", nobody, verified: false);
        using var browser = _host.NewBrowser();
        var find = PagePaths.Organizations + "?return=%2Fmembers";
        (await browser.GetAsync(PagePaths.Login + "?return=/members")).Html.ShouldContain($"href=\"{find}\"");

        var pages = new List<string>();
        foreach (var email in new[] { member, nobody })
        {
            pages.Add((await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(find), ("email", email)))).WithoutTokens(email));
        }

        pages[0].ShouldBe(pages[1]);
        var link = Mailbox.Link(await _host.Mail.ReceiveAsync(member));
        using var elsewhere = _host.NewBrowser();
        var shown = await elsewhere.GetAsync(link);
        shown.Text.ShouldNotContain("Acme");
        var list = await elsewhere.SubmitAsync(shown);

        list.Html.ShouldContain("href=\"/.authdog/login?tenant=acme&amp;return=%2Fmembers\"");
        list.Html.ShouldContain("href=\"http://globex.test/.authdog/login\"");
        list.Text.ShouldNotContain("Shut");

        // Sent twice, the link is over, and the way to another one leads there as well.
        var over = await elsewhere.SubmitAsync(shown);
        over.Status.ShouldBe(HttpStatusCode.Gone);
        over.Html.ShouldContain($"href=\"{find}\"");
        _host.Mail.To(nobody).ShouldBeEmpty();
    }

    [Fact]
    public async Task ChoiceFollowsTheSignIn_WhenTheAddressHasAccountsElsewhere()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        (await person.SignInAsync(browser, "/members")).Location.ShouldBe("/members");
        await AddAsync("acme", person.Email);
        using var again = _host.NewBrowser();

        var choice = await again.FollowAsync(await person.SignInAsync(again, "/members"));

        choice.Title.ShouldBe("Where do you want to go?");
        choice.Html.ShouldContain("href=\"/members\"");
        choice.Html.ShouldContain("href=\"/.authdog/login?tenant=acme&amp;return=%2Fmembers\"");
        (await again.GetAsync(PagePaths.Account + "/organizations")).Text.ShouldContain("Acme Corp");
        (await _host.SessionAsync(again)).Tenant.ShouldBe(TenantId.Default);
    }

    [Fact]
    public async Task NothingIsShown_WhenNobodyIsSignedIn()
    {
        using var browser = _host.NewBrowser();

        (await browser.GetAsync(PagePaths.Organizations + "/choose?return=/x")).Location.ShouldBe("/.authdog/login?return=%2F.authdog%2Forganizations%2Fchoose%3Freturn%3D%252Fx");
        (await browser.GetAsync(PagePaths.Account + "/organizations")).Location.ShouldStartWith(PagePaths.Login);
        (await browser.GetAsync(PagePaths.Organizations + "?token=" + new string('A', 43))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    private async Task AddAsync(string tenant, string address, bool verified = true)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Parse(tenant);
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, verified, null, null, Cancel)).ShouldNotBeNull();
    }
}
