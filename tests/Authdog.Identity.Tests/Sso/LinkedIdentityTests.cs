using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Identities;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Identities elsewhere on the account page: list, add by proof, take away, undo.</summary>
[Collection(OidcCollection.Name)]
public sealed partial class LinkedIdentityTests(OidcFixture oidc)
{
    private const string Security = "/.authdog/account/security";

    [Fact]
    public async Task Links_WhenTheProviderVouches_AndTellsTheOwner_WhoCanUndoIt()
    {
        await using var connection = await ButtonAsync(row => row.Mapping = """{"roles":{"staff":["member"]}}""");
        connection.Issuer.Person["groups"] = new JsonArray();
        var (person, browser) = await PersonAsync();
        using var own = browser;
        (await browser.GetAsync(Security)).Text.ShouldContain("Connected accounts");
        var user = (await oidc.Host.SessionAsync(browser)).User;

        var page = await browser.FollowAsync(await LinkAsync(browser, connection, "ada@elsewhere.test"));

        page.Text.ShouldContain("You can sign in with that account from now on.");
        page.Text.ShouldContain("ada@elsewhere.test");
        page.Text.ShouldContain("not used yet");
        (await browser.GetAsync(Security)).Text.ShouldContain("1 account");

        // It signs in to this account, whatever its address there.
        connection.Issuer.Person["groups"] = new JsonArray("staff");
        using var second = oidc.Host.NewBrowser();
        await SignInAsync(connection, second);
        var session = await oidc.Host.SessionAsync(second);
        (session.User, session.Email).ShouldBe((user, person.Email));
        session.Roles.ShouldBe(["member"]);
        (await browser.GetAsync(LinkedIdentityPaths.List)).Text.ShouldContain("last used");

        await browser.SubmitAsync(await browser.GetAsync(NotMe(await MailAsync(person, "was connected"))));
        await using var scope = await oidc.Host.ScopeAsync();
        (await scope.ServiceProvider.GetRequiredService<ExternalIdentities>().CountAsync(user, CancellationToken.None)).ShouldBe(0);
        (await KindsAsync(user)).ShouldContain(AuditEventKind.IdentityLinked);
        (await KindsAsync(user)).ShouldContain(AuditEventKind.IdentityUnlinked);
        (await KindsAsync(user)).ShouldContain(AuditEventKind.RolesRemoved);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task AccountTakeoverByLinking_AnIdentityOfSomebodyElse_IsRefusedAndStaysTheirs()
    {
        await using var connection = await ButtonAsync();
        var (_, first) = await PersonAsync();
        using var owner = first;
        await LinkAsync(first, connection);
        var (_, second) = await PersonAsync();
        using var other = second;

        var page = await LinkAsync(second, connection);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Title.ShouldBe("That account is connected elsewhere");
        page.Html.ShouldContain($"href=\"{LinkedIdentityPaths.List}\"");
        (await second.GetAsync(LinkedIdentityPaths.List)).Text.ShouldContain("No other account is connected.");
        using var browser = oidc.Host.NewBrowser();
        await SignInAsync(connection, browser);
        (await oidc.Host.SessionAsync(browser)).User.ShouldBe((await oidc.Host.SessionAsync(owner)).User);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task ForcedLinking_AnAnswerInAnotherPersonsBrowser_LinksNothing()
    {
        await using var connection = await ButtonAsync();
        var (_, attacker) = await PersonAsync();
        var (_, victim) = await PersonAsync();
        using var one = attacker;
        using var two = victim;
        var asked = await AskAsync(attacker, connection);

        (await connection.AnswerAsync(victim, asked)).Title.ShouldBe("This sign-in is over");

        (await victim.GetAsync(LinkedIdentityPaths.List)).Text.ShouldContain("No other account is connected.");
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task Refuses_WhenTheSessionThatAskedIsOver_ThoughTheSamePersonHasAnother()
    {
        await using var connection = await ButtonAsync();
        var (person, browser) = await PersonAsync();
        using var own = browser;
        var asked = await AskAsync(browser, connection);
        await browser.SubmitAsync(await browser.GetAsync("/.authdog/logout"));
        await person.SignInAsync(browser);

        (await connection.AnswerAsync(browser, asked)).Title.ShouldBe("This sign-in is over");

        (await browser.GetAsync(LinkedIdentityPaths.List)).Text.ShouldContain("No other account is connected.");
    }

    [Fact]
    public async Task AsksForAFreshSignIn_BeforeLinkingAndUnlinking()
    {
        await using var connection = await ButtonAsync();
        var (_, browser) = await PersonAsync();
        using var own = browser;
        await LinkAsync(browser, connection);
        var list = await browser.GetAsync(LinkedIdentityPaths.List);
        var connect = await browser.GetAsync(Connect(list));
        var remove = await browser.GetAsync(Removal(list));
        oidc.Host.Time.Advance(TimeSpan.FromMinutes(11));

        foreach (var answer in new[] { await browser.GetAsync(Connect(list)), await browser.SubmitAsync(connect, LinkedIdentityPaths.Connect), await browser.GetAsync(Removal(list)), await browser.SubmitAsync(remove, Removal(list)) })
        {
            answer.Status.ShouldBe(HttpStatusCode.SeeOther);
            answer.Location!.ShouldContain("max_age=600");
        }

        (await browser.GetAsync(LinkedIdentityPaths.List)).Text.ShouldContain("Disconnect");
    }

    [Fact]
    public async Task LastWayIn_IsNotTakenAway()
    {
        await using var connection = await ButtonAsync();
        connection.Issuer.Person["email"] = $"{Guid.NewGuid():N}@elsewhere.test";
        using var browser = oidc.Host.NewBrowser();
        await SignInAsync(connection, browser);
        var list = await browser.GetAsync(LinkedIdentityPaths.List);

        var page = await browser.SubmitAsync(await browser.GetAsync(Removal(list)), Removal(list));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("This is the only way into your account.");
        using var second = oidc.Host.NewBrowser();
        (await SignInAsync(connection, second)).Location.ShouldBe("/app");
    }

    [Fact]
    public async Task Unlinks_WhenSentTwice_AndTakesTheRolesAway()
    {
        await using var connection = await ButtonAsync(row => row.Mapping = """{"roles":{"staff":["member"]}}""");
        connection.Issuer.Person["groups"] = new JsonArray("staff");
        var (person, browser) = await PersonAsync();
        using var own = browser;
        await LinkAsync(browser, connection);
        using var second = oidc.Host.NewBrowser();
        await SignInAsync(connection, second);
        (await oidc.Host.SessionAsync(browser)).Roles.ShouldBe(["member"]);
        var list = await browser.GetAsync(LinkedIdentityPaths.List);
        var remove = await browser.GetAsync(Removal(list));

        var answers = await Task.WhenAll(browser.SubmitAsync(remove, Removal(list), ("others", "end")), browser.SubmitAsync(remove, Removal(list), ("others", "end")));

        answers.ShouldAllBe(answer => answer.Location == LinkedIdentityPaths.List + "?done=identity-unlinked");
        (await oidc.Host.SessionAsync(browser)).Roles.ShouldBeEmpty();
        (await second.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync(list.Location ?? LinkedIdentityPaths.List)).Text.ShouldContain("No other account is connected.");

        // The notice brings nothing back that came the same week: a thief's own, say.
        await browser.SubmitAsync(await browser.GetAsync(NotMe(await MailAsync(person, "was disconnected"))));
        await using var scope = await oidc.Host.ScopeAsync();
        (await scope.ServiceProvider.GetRequiredService<ExternalIdentities>().RowAsync(Provider(connection), connection.Issuer.Url, "person-1", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Undo_BringsBackWhatAThiefHasUnlinked()
    {
        await using var connection = await ButtonAsync();
        var (person, browser) = await PersonAsync();
        using var own = browser;
        await LinkAsync(browser, connection);
        var user = (await oidc.Host.SessionAsync(browser)).User;
        oidc.Host.Time.Advance(TimeSpan.FromDays(8));
        await person.SignInAsync(browser);
        var list = await browser.GetAsync(LinkedIdentityPaths.List);
        await browser.SubmitAsync(await browser.GetAsync(Removal(list)), Removal(list));
        var mail = await MailAsync(person, "was disconnected");

        await browser.SubmitAsync(await browser.GetAsync(NotMe(mail)));

        await using var scope = await oidc.Host.ScopeAsync();
        (await scope.ServiceProvider.GetRequiredService<ExternalIdentities>().RowAsync(Provider(connection), connection.Issuer.Url, "person-1", CancellationToken.None))!.UserId.ShouldBe(user.Value);
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task OtherUsersIdentity_IsNotFound_AndNotTakenAway()
    {
        await using var connection = await ButtonAsync();
        var (_, first) = await PersonAsync();
        using var owner = first;
        await LinkAsync(first, connection);
        var theirs = Removal(await first.GetAsync(LinkedIdentityPaths.List));
        var own = await ButtonAsync();
        await using var further = own;
        var (_, second) = await PersonAsync();
        using var other = second;
        await LinkAsync(second, further);
        var form = await second.GetAsync(Removal(await second.GetAsync(LinkedIdentityPaths.List)));

        (await second.GetAsync(theirs)).Status.ShouldBe(HttpStatusCode.NotFound);
        await second.PostAsync(theirs, form.Form(null).Hidden);

        (await first.GetAsync(LinkedIdentityPaths.List)).Html.ShouldContain(theirs);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task EnforcedConnection_IsNotJoinedToSomebodysOwnAccount()
    {
        await using var connection = await ButtonAsync(row => row.Enforced = true);
        await using var open = await ButtonAsync();
        var (_, browser) = await PersonAsync();
        using var own = browser;
        var list = await browser.GetAsync(LinkedIdentityPaths.List);
        list.Html.ShouldNotContain(Uri.EscapeDataString(Provider(connection)));
        var page = await browser.GetAsync(Connect(list, open));

        (await browser.SubmitAsync(page, LinkedIdentityPaths.Connect, ("provider", Provider(connection)))).Location.ShouldBe(LinkedIdentityPaths.List);

        // Enforced while somebody is on the way: the answer is not taken either.
        var asked = await AskAsync(browser, open);
        await oidc.Host.Services.GetRequiredService<ConnectionChanges>().SetAsync(TenantId.Default, open.Slug, row => row.Enforced = true, CancellationToken.None);
        (await open.AnswerAsync(browser, asked)).Title.ShouldBe("That account belongs to an organisation");
    }

    [Fact]
    public async Task OrganisationsOwnIdentity_IsListed_AndNotTakenAway()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);

        var list = await browser.GetAsync(LinkedIdentityPaths.List);

        list.Text.ShouldContain("Your organisation looks after this one.");
        list.Html.ShouldNotContain("/remove\"");
    }

    [Fact]
    public async Task NoPageIsStuck_WhenTheLinkIsFollowedLateOrTwice()
    {
        await using var connection = await ButtonAsync();
        var (_, browser) = await PersonAsync();
        using var own = browser;
        (await browser.GetAsync(LinkedIdentityPaths.Leave + "?flow=AAAAAAAAAAAAAAAAAAAAAA")).Location.ShouldBe(LinkedIdentityPaths.List);
        var begun = await BeginAsync(browser, connection);
        var asked = connection.Asked(await browser.GetAsync(begun));

        // Back and forth again: the newest question is the one that counts. It is no login either.
        var again = connection.Asked(await browser.GetAsync(begun));
        (await browser.GetAsync("/.authdog/login" + begun[begun.IndexOf('?', StringComparison.Ordinal)..])).Location.ShouldBe(LinkedIdentityPaths.List);
        (await connection.AnswerAsync(browser, asked)).Title.ShouldBe("This sign-in is over");
        connection.Issuer.Nonce = again["nonce"];
        (await connection.AnswerAsync(browser, again)).Location.ShouldBe(LinkedIdentityPaths.List + "?done=identity-linked");
        (await browser.GetAsync(begun)).Location.ShouldBe(LinkedIdentityPaths.List);

        // Once more by the same person: nothing new.
        (await LinkAsync(browser, connection)).Location.ShouldBe(LinkedIdentityPaths.List + "?done=identity-known");

        // Stopped at the provider: back to the list.
        var stopped = await AskAsync(browser, connection);
        (await connection.AnswerAsync(browser, stopped, ("code", null), ("error", "access_denied"))).Html.ShouldContain($"href=\"{LinkedIdentityPaths.List}\"");
    }

    private static string Provider(TestConnection connection) => connection.Provider;

    private static string Connect(ReceivedPage list, TestConnection? connection = null) =>
        Links().Matches(list.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link =>
            link.StartsWith(LinkedIdentityPaths.Connect, StringComparison.Ordinal) && (connection is null || link.Contains(Uri.EscapeDataString(Provider(connection)), StringComparison.Ordinal)));

    private static string Removal(ReceivedPage list) =>
        Links().Matches(list.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.EndsWith("/remove", StringComparison.Ordinal));

    private static string NotMe(string mail) => NotMeLinks().Match(mail).Value;

    private async Task<string> MailAsync(Person person, string words)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            if (oidc.Host.Mail.To(person.Email).Select(mail => mail.TextBody!).FirstOrDefault(mail => mail.Contains(words, StringComparison.Ordinal)) is { } mail)
            {
                return mail;
            }
        }

        throw new TimeoutException($"No message to {person.Email} says that something {words}.");
    }

    private Task<TestConnection> ButtonAsync(Action<Connection>? change = null) => oidc.ConnectAsync(
        change: row =>
        {
            row.HasButton = true;
            change?.Invoke(row);
        },
        verified: false);

    private async Task<(Person Person, Browser Browser)> PersonAsync()
    {
        var browser = oidc.Host.NewBrowser();
        var person = await Person.New().SignUpAsync(oidc.Host, browser);
        await person.SignInAsync(browser);
        return (person, browser);
    }

    private static async Task<string> BeginAsync(Browser browser, TestConnection connection)
    {
        var page = await browser.GetAsync(Connect(await browser.GetAsync(LinkedIdentityPaths.List), connection));
        var answer = await browser.SubmitAsync(page, LinkedIdentityPaths.Connect);
        answer.Location.ShouldNotBeNull(answer.Text);
        return answer.Location;
    }

    private static async Task<Dictionary<string, string>> AskAsync(Browser browser, TestConnection connection) => connection.Asked(await browser.GetAsync(await BeginAsync(browser, connection)));

    private static async Task<ReceivedPage> LinkAsync(Browser browser, TestConnection connection, string? email = null)
    {
        connection.Issuer.Person["email"] = email ?? "somebody@elsewhere.test";
        return await connection.AnswerAsync(browser, await AskAsync(browser, connection));
    }

    private static async Task<ReceivedPage> SignInAsync(TestConnection connection, Browser browser)
    {
        connection.Issuer.Person["email_verified"] = true;
        var page = await browser.GetAsync("/.authdog/login?return=%2Fapp");
        var fields = new Dictionary<string, string>(page.Form("/.authdog/login").Hidden) { ["method"] = "sso", ["connection"] = connection.Slug };
        return await connection.AnswerAsync(browser, connection.Asked(await browser.FollowAsync(await browser.PostAsync("/.authdog/login", fields))));
    }

    private async Task<IReadOnlyList<AuditEventKind>> KindsAsync(UserId user)
    {
        await using var context = oidc.Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        return await context.Set<AuditEntry>().Where(entry => entry.UserId == user.Value).Select(entry => entry.Kind).ToListAsync();
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();

    [GeneratedRegex(@"^https?://\S+not-me\S+", RegexOptions.Multiline)]
    private static partial Regex NotMeLinks();
}
