using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Invitations;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Invitations;

[Collection(PagesCollection.Name)]
public sealed class InvitationFlowTests(PagesHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewPersonGetsAccountRolesAndGroups_WhenTheLinkIsAccepted()
    {
        var person = Person.New();
        await InviteAsync(person.Email, "editor", "Finance");
        using var browser = host.NewBrowser();
        var page = await browser.GetAsync(Mailbox.Link(await host.Mail.ReceiveAsync(person.Email)));
        page.Title.ShouldBe("Join Default");

        (await browser.SubmitAsync(page, ("name", "Ada"), ("password", "short"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var done = await browser.SubmitAsync(page, ("name", "Ada"), ("password", person.Password));

        done.Title.ShouldBe("Welcome");
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var session = await host.SessionAsync(browser);
        session.Roles.ShouldBe(["editor"]);
        session.Groups.ShouldBe(["Finance"]);
        session.EmailVerified.ShouldBeTrue();
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task WorksOnce_WhenItIsAcceptedTwiceAtOnce()
    {
        var person = Person.New();
        await InviteAsync(person.Email, "editor");
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email));
        using var one = host.NewBrowser();
        using var other = host.NewBrowser();
        var (first, second) = (await one.GetAsync(link), await other.GetAsync(link));

        var answers = await Task.WhenAll(one.SubmitAsync(first, ("password", person.Password)), other.SubmitAsync(second, ("password", person.Password)));

        answers.Count(answer => answer.Status == HttpStatusCode.OK && answer.Title == "Welcome").ShouldBe(1);
        (await one.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task ExistingAccountSignsInFirst_WhenItsAddressIsInvited()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await InviteAsync(person.Email, "editor");
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, count: 2));
        var stranger = await browser.GetAsync(link);
        stranger.Html.ShouldNotContain("name=\"password\"");
        Should.Throw<InvalidOperationException>(() => stranger.Form(PagePaths.Invitation));

        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await host.SessionAsync(browser)).Roles.ShouldBeEmpty();
        (await browser.SubmitAsync(await browser.GetAsync(link), PagePaths.Invitation)).Title.ShouldBe("Welcome");

        (await host.SessionAsync(browser)).Roles.ShouldBe(["editor"]);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task SomebodyElseIsNotJoined_WhenTheyAreSignedIn()
    {
        using var browser = host.NewBrowser();
        var other = await Person.New().SignUpAsync(host, browser);
        await other.SignInAsync(browser);
        var person = Person.New();
        await InviteAsync(person.Email, "editor");
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email));
        var page = await browser.GetAsync(link);
        page.Text.ShouldContain($"This invitation is for {person.Email}, but you are signed in as {other.Email}");

        var hidden = page.Form(PagePaths.Logout).Hidden;
        hidden["token"] = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('&')[0];
        hidden["password"] = person.Password;
        (await browser.PostAsync(PagePaths.Invitation, hidden)).Text.ShouldContain("you are signed in as");

        (await host.SessionAsync(browser)).Roles.ShouldBeEmpty();
        (await FindAsync(person.Email)).ShouldBeNull();
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("sent again")]
    [InlineData("too old")]
    [InlineData("guessed")]
    [Trait("Threat", "I5")]
    public async Task LinkFindsNothing_WhenItIsOver(string how)
    {
        var person = Person.New();
        var invitation = await InviteAsync(person.Email, "editor");
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email));
        await using var scope = await host.ScopeAsync();
        var directory = scope.ServiceProvider.GetRequiredService<InvitationDirectory>();
        var found = (await directory.FindAsync(invitation.Id, Cancel)).ShouldNotBeNull();
        switch (how)
        {
            case "revoked":
                (await directory.RevokeAsync(found, Cancel)).ShouldBeTrue();
                (await directory.RevokeAsync(found, Cancel)).ShouldBeFalse();
                (await directory.ResendAsync(found, Cancel)).ShouldBeOfType<InvitationResult.Over>();
                break;
            case "sent again":
                (await directory.ResendAsync(found, Cancel)).ShouldBeOfType<InvitationResult.Sent>();
                break;
            case "too old":
                host.Time.Advance(TimeSpan.FromDays(8));
                break;
            default:
                link = link.Replace("token=", "token=A", StringComparison.Ordinal);
                break;
        }

        using var browser = host.NewBrowser();
        (await browser.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        var sign = await browser.GetAsync(PagePaths.Login);
        var fields = sign.Form(null).Hidden;
        fields["token"] = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('&')[0];
        fields["password"] = person.Password;
        (await browser.PostAsync(PagePaths.Invitation, fields)).Status.ShouldBe(HttpStatusCode.Gone);
        (await FindAsync(person.Email)).ShouldBeNull();
    }

    [Fact]
    public async Task DeletedRoleStaysDeleted_WhenAnOldInvitationIsAccepted()
    {
        var person = Person.New();
        await InviteAsync(person.Email, "shortlived");
        await using (var scope = await host.ScopeAsync())
        {
            (await scope.ServiceProvider.GetRequiredService<RoleDirectory>().DeleteAsync("shortlived", Cancel)).ShouldBeTrue();
        }

        using var browser = host.NewBrowser();
        await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(await host.Mail.ReceiveAsync(person.Email))), ("password", person.Password));

        await using var after = await host.ScopeAsync();
        (await FindAsync(person.Email)).ShouldNotBeNull();
        (await after.ServiceProvider.GetRequiredService<RoleDirectory>().FindAsync("shortlived", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task IsRefusedWhole_WhenSomethingIsWrong()
    {
        await using var scope = await host.ScopeAsync();
        var directory = scope.ServiceProvider.GetRequiredService<InvitationDirectory>();
        EmailAddress.TryParse(Person.New().Email, out var email).ShouldBeTrue();

        var refused = await directory.SendAsync(new InvitationRequest(email) { Roles = ["nosuch"], Groups = ["None"], Lifetime = TimeSpan.FromDays(400), Language = "xx" }, Cancel);

        refused.ShouldBeOfType<InvitationResult.Refused>().Mistakes.Select(mistake => mistake.Field).ShouldBe(["lifetime", "language", "roles", "groups"]);
        (await directory.FindAsync(email, Cancel)).ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersTheSame_WhenWhoAsksToJoinHasAnAccountOrNot()
    {
        (await host.SetSettingsAsync("""{ "Accounts": { "Invitations": { "JoinRequests": true } } }""")).ShouldBeOfType<TenantChange.Done>();
        try
        {
            using var browser = host.NewBrowser();
            var member = await Person.New().SignUpAsync(host, browser);
            var stranger = Person.New();

            var pages = new List<string>();
            foreach (var email in new[] { member.Email, stranger.Email, stranger.Email })
            {
                var page = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Join), ("email", email));
                pages.Add((await browser.FollowAsync(page)).WithoutTokens(email));
            }

            pages.Distinct().ShouldHaveSingleItem();
            await using var scope = await host.ScopeAsync();
            var requests = scope.ServiceProvider.GetRequiredService<JoinRequests>();
            var noted = await requests.ListAsync(null, 1000, Cancel);
            noted.ShouldNotContain(request => request.Email == member.Email);
            var asked = noted.Where(request => request.Email == stranger.Email).ShouldHaveSingleItem();
            (await requests.ApproveAsync(asked, [], [], Cancel)).ShouldBeOfType<InvitationResult.Sent>();
            (await host.Mail.ReceiveAsync(stranger.Email)).Subject.ShouldBe("You are invited to Authdog");
            (await requests.ListAsync(null, 1000, Cancel)).ShouldNotContain(request => request.Email == stranger.Email);
        }
        finally
        {
            await host.SetSettingsAsync("{}");
        }
    }

    [Fact]
    public async Task ThereIsNoPageToAsk_WhenTheTenantDoesNotWantIt()
    {
        using var browser = host.NewBrowser();

        (await browser.GetAsync(PagePaths.Join)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<Invitation> InviteAsync(string address, string role, string? group = null)
    {
        await using var scope = await host.ScopeAsync();
        await scope.ServiceProvider.GetRequiredService<RoleDirectory>().SetAsync(role, [], Cancel);
        if (group is not null)
        {
            await scope.ServiceProvider.GetRequiredService<GroupDirectory>().AddAsync(group, Cancel);
        }

        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        var request = new InvitationRequest(email) { Roles = [role], Groups = group is null ? [] : [group] };
        var directory = scope.ServiceProvider.GetRequiredService<InvitationDirectory>();
        var sent = (await directory.SendAsync(request, Cancel)).ShouldBeOfType<InvitationResult.Sent>();
        (await directory.SendAsync(request, Cancel)).ShouldBeOfType<InvitationResult.Open>();
        return sent.Invitation;
    }

    private async Task<User?> FindAsync(string address)
    {
        await using var scope = await host.ScopeAsync();
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        return await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email, Cancel);
    }
}
