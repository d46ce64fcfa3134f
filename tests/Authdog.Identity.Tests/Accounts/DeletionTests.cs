using System.Net;
using System.Text.Json;
using Authdog.Identity.Accounts.Deletion;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>"Download my data" and "delete my account".</summary>
public sealed class DeletionTests : IAsyncLifetime
{
    private readonly PagesHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task ErasesEverythingButThePseudonym_WhenTheGracePeriodIsOver()
    {
        using var browser = _host.NewBrowser();
        var (person, id) = await SignInAsync(browser);
        await RequestAsync(browser);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await UsersAsync(id)).ShouldBe(1);

        await RunUpkeepAsync();
        (await UsersAsync(id)).ShouldBe(1, "still within the grace period");
        await MakeDueAsync();

        // Two nodes at once: one of them does it.
        await Task.WhenAll(RunUpkeepAsync(), RunUpkeepAsync());

        await using var scope = await _host.ScopeAsync();
        var context = scope.ServiceProvider.GetRequiredService<DirectoryContext>();
        foreach (var (entity, property) in PersonalEntities.Of(context).Where(found => found.Entity != typeof(AuditEntry)))
        {
            (await PersonalEntities.CountAsync(context, entity, property, id)).ShouldBe(0, entity.Name);
        }

        var audited = await context.Set<AuditEntry>().Where(entry => entry.UserId == id).ToListAsync();
        audited.Count(entry => entry.Kind == AuditEventKind.AccountErased).ShouldBe(1);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<Tombstones>().HasAsync(email!, CancellationToken.None)).ShouldBeTrue();
        (await _host.Mail.ReceiveAsync(person.Email, count: 3)).Subject!.ShouldContain("is deleted");
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // They may come back by themselves.
        await person.SignUpAsync(_host, browser);
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task KeepsTheAccount_WhenItsOwnerSignsInAgain()
    {
        using var browser = _host.NewBrowser();
        var (person, id) = await SignInAsync(browser);
        await RequestAsync(browser);

        await person.SignInAsync(browser);
        await MakeDueAsync();
        await RunUpkeepAsync();

        (await UsersAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task KeepsTheAccount_WhenTheLinkOfTheNoticeIsUsed()
    {
        using var browser = _host.NewBrowser();
        var (person, id) = await SignInAsync(browser);
        await RequestAsync(browser);

        await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(await _host.Mail.ReceiveAsync(person.Email, count: 2))));
        await MakeDueAsync();
        await RunUpkeepAsync();

        (await UsersAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task AsksAgain_WhenTheBoxIsNotTicked()
    {
        using var browser = _host.NewBrowser();
        await SignInAsync(browser);

        (await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/data/delete"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HasEveryRegisteredPartAndNoSecret_WhenDownloaded()
    {
        using var browser = _host.NewBrowser();
        var (person, id) = await SignInAsync(browser);

        var file = await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/data/export"));

        using var document = JsonDocument.Parse(file.Html);
        var root = document.RootElement;
        await using var scope = await _host.ScopeAsync();
        foreach (var records in scope.ServiceProvider.GetServices<IPersonalRecords>())
        {
            root.TryGetProperty(records.Name, out _).ShouldBeTrue(records.Name);
        }

        root.GetProperty("sub").GetString().ShouldBe(id.ToString("D"));
        root.GetProperty("profile").GetProperty("email").GetString().ShouldBe(person.Email);
        root.GetProperty("sign_ins").GetArrayLength().ShouldBe(1);
        root.GetProperty("sessions").GetArrayLength().ShouldBe(1);
        var user = await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindAsync(new UserId(id), CancellationToken.None);
        file.Html.ShouldNotContain("argon2");
        file.Html.ShouldNotContain(user!.SecurityStamp!);
        file.Html.ShouldNotContain(browser.Cookie("authdog")!);
    }

    [Fact]
    public async Task EveryTableWithAUserBelongsToSomebodyWhoExportsAndErasesIt()
    {
        await using var scope = await _host.ScopeAsync();
        var owned = scope.ServiceProvider.GetServices<IPersonalRecords>().SelectMany(records => records.Entities).ToHashSet();

        PersonalEntities.Of(scope.ServiceProvider.GetRequiredService<DirectoryContext>()).Select(found => found.Entity).Where(entity => !owned.Contains(entity)).ShouldBeEmpty();
    }

    [Fact]
    public async Task PartsHaveNamesOfTheirOwn()
    {
        await using var scope = await _host.ScopeAsync();

        scope.ServiceProvider.GetServices<IPersonalRecords>().Select(records => records.Name).ShouldBeUnique();
    }

    // Moving the clock by two weeks would run every job of the host some ten thousand times.
    private async Task MakeDueAsync()
    {
        await using var scope = await _host.ScopeAsync();
        var past = _host.Time.GetUtcNow() - TimeSpan.FromSeconds(1);
        await scope.ServiceProvider.GetRequiredService<DirectoryContext>().Set<AccountDeletion>().ExecuteUpdateAsync(set => set.SetProperty(deletion => deletion.DueAt, past));
    }

    private Task RunUpkeepAsync() => _host.Services.GetRequiredService<UpkeepJob>().RunAsync(CancellationToken.None);

    private async Task<(Person Person, Guid Id)> SignInAsync(Browser browser)
    {
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        return (person, (await _host.SessionAsync(browser)).User.Value);
    }

    private static async Task RequestAsync(Browser browser)
    {
        var done = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/data/delete"), ("sure", "1")));
        done.Title.ShouldBe("Your account will be deleted");
    }

    private async Task<int> UsersAsync(Guid id)
    {
        await using var scope = await _host.ScopeAsync();
        return await scope.ServiceProvider.GetRequiredService<DirectoryContext>().Set<User>().CountAsync(user => user.Id == id);
    }
}
