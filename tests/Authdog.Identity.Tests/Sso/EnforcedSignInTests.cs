using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Invitations;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>A domain whose people have to sign in by their connection; <c>breakglass@enforced.test</c> may pass by password.</summary>
[Collection(OidcCollection.Name)]
public sealed class EnforcedSignInTests(OidcFixture oidc)
{
    private const string Password = "correct horse battery staple 17";

    [Fact]
    [Trait("Threat", "I1")]
    public async Task RefusesThePassword_WhenTheConnectionIsEnforced_AsItRefusesAWrongOne()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true);
        var email = await AddUserAsync("ada@" + connection.Domain);

        var right = await TryPasswordAsync(email, Password);
        var wrong = await TryPasswordAsync(email, "wrong");
        var nobody = await TryPasswordAsync("nobody@" + connection.Domain, Password);

        right.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        right.WithoutTokens().ShouldBe(wrong.WithoutTokens());
        right.WithoutTokens(email).ShouldBe(nobody.WithoutTokens("nobody@" + connection.Domain));
    }

    [Fact]
    public async Task LetsTheBreakGlassOwnerIn_WhenTheConnectionIsEnforced()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true, domain: "enforced.test");
        await AddUserAsync("breakglass@enforced.test");

        (await TryPasswordAsync("breakglass@enforced.test", Password)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task LeadsToTheProvider_WhenSomebodyTypesAnAddressOfTheDomain()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true);
        using var browser = oidc.Host.NewBrowser();

        (await connection.SignInAsync(browser)).Location.ShouldBe("/app");
    }

    [Theory]
    [InlineData(PagePaths.Recover)]
    [InlineData(PagePaths.SignUp)]
    [Trait("Threat", "I1")]
    public async Task SendsNoMail_WhenTheConnectionIsEnforced(string path)
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true);
        var email = await AddUserAsync("ada@" + connection.Domain);
        using var browser = oidc.Host.NewBrowser();

        await browser.SubmitAsync(await browser.GetAsync(path), ("email", email), ("name", "Ada"), ("password", Password));
        await browser.SubmitAsync(await browser.GetAsync(path), ("email", "nobody@" + connection.Domain), ("name", "Ada"), ("password", Password));

        // Mail goes out one by one: what comes after it shows that nothing came before.
        var person = Person.New();
        using var other = oidc.Host.NewBrowser();
        await person.BeginSignUpAsync(other);
        await oidc.Host.Mail.ReceiveAsync(person.Email);
        oidc.Host.Mail.To(email).ShouldBeEmpty();
        oidc.Host.Mail.To("nobody@" + connection.Domain).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task LinksAtOnce_WhenTheDomainsOwnConnectionVouches()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true);
        var email = await AddUserAsync("ada@" + connection.Domain);
        using var browser = oidc.Host.NewBrowser();

        (await connection.SignInAsync(browser, email)).Location.ShouldBe("/app");

        await using var scope = await oidc.Host.ScopeAsync();
        EmailAddress.TryParse(email, out var address).ShouldBeTrue();
        (await oidc.Host.SessionAsync(browser)).User.ShouldBe((await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(address!, CancellationToken.None))!.UserId);
    }

    [Fact]
    public async Task SetsNoPassword_WhenWhoIsInvitedHasToSignInByTheConnection()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true);
        var email = "grace@" + connection.Domain;
        EmailAddress.TryParse(email, out var address).ShouldBeTrue();
        await using (var scope = await oidc.Host.ScopeAsync())
        {
            (await scope.ServiceProvider.GetRequiredService<InvitationDirectory>().SendAsync(new InvitationRequest(address!), CancellationToken.None)).ShouldBeOfType<InvitationResult.Sent>();
        }

        var link = Mailbox.Link(await oidc.Host.Mail.ReceiveAsync(email));
        using var browser = oidc.Host.NewBrowser();

        (await browser.GetAsync(link)).Html.ShouldNotContain("name=\"password\"");

        // The account comes from the connection, and the way back leads to the invitation.
        await connection.SignInAsync(browser, email);
        (await browser.SubmitAsync(await browser.GetAsync(link), PagePaths.Invitation)).Title.ShouldBe("Welcome");
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task EndsWhatWasBegunOtherwise_WhenTheConnectionComesToBeDemanded()
    {
        await using var connection = await oidc.ConnectAsync(domain: "enforced.test");
        using var byConnection = oidc.Host.NewBrowser();
        await connection.SignInAsync(byConnection, "grace@enforced.test");
        var byPassword = await BeginSessionAsync("ada@enforced.test");
        var breakGlass = await BeginSessionAsync("breakglass@enforced.test");
        var elsewhere = await BeginSessionAsync("ada@notenforced.test");
        var changes = oidc.Host.Services.GetRequiredService<ConnectionChanges>();

        var demanded = await changes.SetAsync(TenantId.Default, connection.Slug, static row => row.Enforced = true, CancellationToken.None);
        var again = await changes.SetAsync(TenantId.Default, connection.Slug, static row => row.Enforced = true, CancellationToken.None);

        demanded.ShouldBeOfType<ConnectionChange.Done>().EndedSessions.ShouldBe(1);
        again.ShouldBeOfType<ConnectionChange.Done>().EndedSessions.ShouldBe(0);
        (await IsLiveAsync(byPassword), await IsLiveAsync(breakGlass), await IsLiveAsync(elsewhere)).ShouldBe((false, true, true));
        (await oidc.Host.SessionAsync(byConnection)).Connection.ShouldBe(connection.Slug);
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task GoesOnWhereItStopped_WhenEndingSessionsStopsHalfWay()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Enforced = true);
        var (tokens, people) = await BeginSessionsAsync(connection.Domain, EnforcedSessions.PageSize + 1);
        var records = oidc.Host.Services.GetRequiredService<RecordStore>();
        var known = (await oidc.Host.Services.GetRequiredService<Connections>().OfAsync(TenantId.Default, CancellationToken.None)).Find(connection.Slug)!;
        var id = known.Id.ToString("N");

        // Stopped after the first person: whoever is before is not walked again, and everybody after is.
        await records.TryCreateAsync(TenantId.Default, EnforcedSessions.Kind, id, EnforcedWalk.Of(known) with { Domain = connection.Domain, After = people[0] }, TimeSpan.FromHours(1), CancellationToken.None);
        await UpkeepAsync();
        (await IsLiveAsync(tokens[0]), await IsLiveAsync(tokens[1]), await IsLiveAsync(tokens[2])).ShouldBe((true, false, false));
        (await records.FindAsync<EnforcedWalk>(TenantId.Default, EnforcedSessions.Kind, id, CancellationToken.None))!.Value.Record.Done.ShouldBeTrue();

        // Stopped before it was written down at all: it is walked whole, page after page.
        await records.TakeAsync<EnforcedWalk>(TenantId.Default, EnforcedSessions.Kind, id, CancellationToken.None);
        var last = await IssueAsync(people[^1], "p@" + connection.Domain);
        (await oidc.Host.Services.GetRequiredService<EnforcedSessions>().ResumeAsync(known, CancellationToken.None)).ShouldBe(2);
        (await IsLiveAsync(tokens[0]), await IsLiveAsync(last)).ShouldBe((false, false));
    }

    private async Task UpkeepAsync()
    {
        await using var scope = await oidc.Host.ScopeAsync();
        await scope.ServiceProvider.GetServices<IUpkeep>().OfType<EnforcedUpkeep>().Single().RunAsync(CancellationToken.None);
    }

    // Of many people, the first, the second and the last are signed in.
    private async Task<(string[] Tokens, Guid[] People)> BeginSessionsAsync(string domain, int count)
    {
        var now = oidc.Host.Time.GetUtcNow();
        var people = Enumerable.Range(0, count).Select(at => UserId.New(now.AddMilliseconds(at)).Value).ToArray();
        await using var context = oidc.Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        context.AddRange(people.Select((id, at) => new User { Id = id, UserName = $"p{at}@{domain}", NormalizedUserName = $"P{at}@{domain}".ToUpperInvariant(), Email = $"p{at}@{domain}", NormalizedEmail = $"P{at}@{domain}".ToUpperInvariant(), CreatedAt = now }));
        await context.SaveChangesAsync();
        return ([await IssueAsync(people[0], "p0@" + domain), await IssueAsync(people[1], "p1@" + domain), await IssueAsync(people[^1], "p@" + domain)], people);
    }

    private async Task<string> IssueAsync(Guid user, string email)
    {
        var session = new NewSession(TenantId.Default, new UserId(user), new SessionProfile(email, EmailVerified: true, "Ada", []), [AuthenticationFactor.Password(oidc.Host.Time.GetUtcNow())], null, null);
        return (await oidc.Host.Services.GetRequiredService<SessionStore>().IssueAsync(session, null, CancellationToken.None)).Token.Value;
    }

    private async Task<string> BeginSessionAsync(string email)
    {
        await using var scope = await oidc.Host.ScopeAsync();
        EmailAddress.TryParse(await AddUserAsync(email), out var address).ShouldBeTrue();
        var user = (await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(address!, CancellationToken.None))!;
        return await IssueAsync(user.Id, email);
    }

    private async Task<bool> IsLiveAsync(string token) => await oidc.Host.Services.GetRequiredService<SessionStore>().FindAsync(token, CancellationToken.None) is SessionLookup.Found;

    private async Task<string> AddUserAsync(string email)
    {
        await using var scope = await oidc.Host.ScopeAsync();
        var hash = await scope.ServiceProvider.GetRequiredService<PasswordHashing>().HashAsync(Password, CancellationToken.None);
        EmailAddress.TryParse(email, out var address).ShouldBeTrue();
        await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(address!, emailVerified: true, "Ada", hash, CancellationToken.None);
        return email;
    }

    private async Task<ReceivedPage> TryPasswordAsync(string email, string password)
    {
        using var browser = oidc.Host.NewBrowser();
        var page = await browser.GetAsync(PagePaths.Login + "?return=%2Fapp");
        page = await browser.SubmitAsync(page, PagePaths.Login, ("email", email));
        page = await browser.GetAsync(page.Location! + "&method=password");
        return await browser.SubmitAsync(page, PagePaths.Login, ("password", password));
    }
}
