using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Users;

public abstract class UserDirectoryTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    private static readonly EmailAddress s_ada = Email("Ada.Lovelace@Example.com");

    [Fact]
    public async Task FindsAUser_ByAddressInAnyCase_AndById()
    {
        var made = await CreateAsync(s_ada);

        await using var scope = Directory.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        (await users.FindByEmailAsync(Email("aDA.lovelace@EXAMPLE.com"), Cancel)).ShouldNotBeNull().Id.ShouldBe(made.Id);
        var found = (await users.FindAsync(made.UserId, Cancel)).ShouldNotBeNull();
        found.Email.ShouldBe("Ada.Lovelace@example.com");
        found.CreatedAt.ShouldBe(Time.GetUtcNow());
        found.EmailConfirmed.ShouldBeTrue();
        found.SecurityStamp.ShouldNotBeNullOrEmpty();
        (await KindsAsync()).ShouldBe([AuditEventKind.UserCreated]);
    }

    [Theory]
    [InlineData("o'hara+tag@example.com")]
    [InlineData("用户@例え.jp")]
    [InlineData("straße@example.com")]
    public async Task TakesEveryAddress_ThatIsOne(string address) => (await CreateAsync(Email(address))).ShouldNotBeNull();

    [Fact]
    public async Task ReturnsNull_WhenTheAddressIsTaken()
    {
        await CreateAsync(s_ada);

        await using var scope = Directory.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        (await users.CreateAsync(Email("ADA.LOVELACE@example.com"), true, null, null, Cancel)).ShouldBeNull();

        // The scope goes on: nothing of the refused user is left in it.
        (await users.CreateAsync(Email("grace@example.com"), true, null, null, Cancel)).ShouldNotBeNull();
        (await users.ListAsync(null, 10, Cancel)).Count.ShouldBe(2);
        (await KindsAsync()).ShouldBe([AuditEventKind.UserCreated, AuditEventKind.UserCreated]);
    }

    [Fact]
    public async Task LetsOneIn_WhenManyTakeTheAddressAtOnce()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var scope = Directory.Scope();
            return await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(s_ada, true, null, null, Cancel);
        }, Cancel)));

        made.Count(user => user is not null).ShouldBe(1);
    }

    [Fact]
    public async Task ListsInPages_InOrderOfCreation()
    {
        List<Guid> made = [];
        for (var i = 0; i < 7; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(2));
            made.Add((await CreateAsync(Email($"user{9 - i}@example.com"))).Id);
        }

        await using var scope = Directory.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        List<Guid> listed = [];
        UserId? after = null;
        while (await users.ListAsync(after, 3, Cancel) is { Count: > 0 } page)
        {
            page.Count.ShouldBeLessThanOrEqualTo(3);
            listed.AddRange(page.Select(u => u.Id));
            after = page[^1].UserId;
        }

        listed.ShouldBe(made);
    }

    [Fact]
    public async Task ReplacesThePassword_WithItsStamp_AndRehashesWithout()
    {
        var ada = await CreateAsync(s_ada);
        var stamp = ada.SecurityStamp;

        await InScopeAsync(ada, (users, user) => users.RehashPasswordAsync(user, "stronger", Cancel));
        var rehashed = await FindAsync(ada);
        (rehashed.PasswordHash, rehashed.SecurityStamp).ShouldBe(("stronger", stamp));

        await InScopeAsync(ada, (users, user) => users.SetPasswordHashAsync(user, "new", Cancel));
        var changed = await FindAsync(ada);
        changed.PasswordHash.ShouldBe("new");
        changed.SecurityStamp.ShouldNotBe(stamp);
        (await KindsAsync()).ShouldBe([AuditEventKind.UserCreated, AuditEventKind.PasswordChanged]);
    }

    [Fact]
    public async Task KeepsTheNewPassword_WhenARehashOfTheOldOneComesLate()
    {
        var ada = await CreateAsync(s_ada);
        await using var late = Directory.Scope();
        var lateUsers = late.ServiceProvider.GetRequiredService<UserDirectory>();
        var verified = (await lateUsers.FindAsync(ada.UserId, Cancel)).ShouldNotBeNull();

        await InScopeAsync(ada, (users, user) => users.SetPasswordHashAsync(user, "new", Cancel));
        await lateUsers.RehashPasswordAsync(verified, "old, rehashed", Cancel);

        (await FindAsync(ada)).PasswordHash.ShouldBe("new");
    }

    [Fact]
    public async Task KeepsBothChanges_WhenTwoScopesChangeAUser()
    {
        var ada = await CreateAsync(s_ada);
        await using var first = Directory.Scope();
        var users = first.ServiceProvider.GetRequiredService<UserDirectory>();
        var stale = (await users.FindAsync(ada.UserId, Cancel)).ShouldNotBeNull();

        await InScopeAsync(ada, (others, user) => others.SetDisabledAsync(user, true, Cancel));
        await users.SetNameAsync(stale, "Ada", Cancel);

        var now = await FindAsync(ada);
        (now.Disabled, now.Name).ShouldBe((true, "Ada"));
    }

    [Fact]
    public async Task AddsAndRemovesRoles_SayingWhichChanged()
    {
        var ada = await CreateAsync(s_ada);
        await InScopeAsync(ada, async (users, user) =>
        {
            (await users.AddRolesAsync(user, ["writer", "admin", "Admin"], Cancel)).ShouldBe(["Admin", "writer"]);
            Time.Advance(TimeSpan.FromSeconds(1));
            (await users.AddRolesAsync(user, ["ADMIN", "owner"], Cancel)).ShouldBe(["owner"]);
            (await users.RolesAsync(user, Cancel)).ShouldBe(["Admin", "owner", "writer"]);
            Time.Advance(TimeSpan.FromSeconds(1));
            (await users.RemoveRolesAsync(user, ["WRITER", "unknown"], Cancel)).ShouldBe(["writer"]);
            (await users.RemoveRolesAsync(user, ["writer"], Cancel)).ShouldBeEmpty();
        });
        await InScopeAsync(ada, async (users, user) => (await users.RolesAsync(user, Cancel)).ShouldBe(["Admin", "owner"]));
        (await KindsAsync()).ShouldBe([AuditEventKind.UserCreated, AuditEventKind.RolesAdded, AuditEventKind.RolesAdded, AuditEventKind.RolesRemoved]);
    }

    [Fact]
    public async Task AddsARoleOnce_WhenManyGiveItAtOnce()
    {
        var ada = await CreateAsync(s_ada);

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var scope = Directory.Scope();
            var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            return await users.AddRolesAsync((await users.FindAsync(ada.UserId, Cancel))!, ["admin"], Cancel);
        }, Cancel)));

        added.Count(names => names.Count == 1).ShouldBe(1);
        await InScopeAsync(ada, async (users, user) => (await users.RolesAsync(user, Cancel)).ShouldBe(["admin"]));
    }

    [Theory]
    [Trait("Threat", "I13")]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Authdog-User: root")]
    [InlineData("rôle")]
    public async Task RefusesARoleName_ThatCouldNotTravelInAHeader(string name)
    {
        var ada = await CreateAsync(s_ada);
        await InScopeAsync(ada, (users, user) => Should.ThrowAsync<ArgumentException>(() => users.AddRolesAsync(user, [name], Cancel)));
    }

    [Fact]
    public async Task NotesWhoWasShutOut()
    {
        var ada = await CreateAsync(s_ada);
        await InScopeAsync(ada, (users, user) => users.SetDisabledAsync(user, true, Cancel));
        (await FindAsync(ada)).Disabled.ShouldBeTrue();
        await InScopeAsync(ada, (users, user) => users.SetDisabledAsync(user, false, Cancel));
        (await KindsAsync()).ShouldBe([AuditEventKind.UserCreated, AuditEventKind.UserDisabled, AuditEventKind.UserEnabled]);
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task FindsNothing_OfAnotherTenant()
    {
        var ada = await CreateAsync(s_ada);
        await InScopeAsync(ada, (users, user) => users.AddRolesAsync(user, ["admin"], Cancel));

        await using var scope = Directory.Scope(Other);
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        (await users.FindAsync(ada.UserId, Cancel)).ShouldBeNull();
        (await users.FindByEmailAsync(s_ada, Cancel)).ShouldBeNull();
        (await users.ListAsync(null, 100, Cancel)).ShouldBeEmpty();
        (await users.RolesAsync(ada, Cancel)).ShouldBeEmpty();
        (await users.RemoveRolesAsync(ada, ["admin"], Cancel)).ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => users.AddRolesAsync(ada, ["owner"], Cancel));
        await Should.ThrowAsync<InvalidOperationException>(() => users.SetPasswordHashAsync(ada, "stolen", Cancel));

        // The same address is another person there.
        await using var again = Directory.Scope(Other);
        (await again.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(s_ada, true, null, null, Cancel)).ShouldNotBeNull();
        (await FindAsync(ada)).PasswordHash.ShouldBe("hash");
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task FindsNothingOfAnotherTenant_ThroughUserManager()
    {
        var ada = await CreateAsync(s_ada);
        await using (var mine = Directory.Scope())
        {
            var manager = mine.ServiceProvider.GetRequiredService<UserManager<User>>();
            var tracked = (await manager.FindByIdAsync(ada.UserId.ToString())).ShouldNotBeNull();
            (await manager.AddLoginAsync(tracked, new UserLoginInfo("idp", "key", null))).Succeeded.ShouldBeTrue();
            (await manager.AddClaimAsync(tracked, new("department", "mathematics"))).Succeeded.ShouldBeTrue();
            (await manager.SetAuthenticationTokenAsync(tracked, "idp", "token", "value")).Succeeded.ShouldBeTrue();
            (await manager.GetAuthenticationTokenAsync(tracked, "idp", "token")).ShouldBe("value");
            (await manager.FindByLoginAsync("idp", "key")).ShouldNotBeNull();
        }

        await using var scope = Directory.Scope(Other);
        var theirs = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        (await theirs.FindByIdAsync(ada.UserId.ToString())).ShouldBeNull();
        (await theirs.FindByNameAsync(s_ada.Value)).ShouldBeNull();
        (await theirs.FindByEmailAsync(s_ada.Value)).ShouldBeNull();
        (await theirs.FindByLoginAsync("idp", "key")).ShouldBeNull();
        (await theirs.GetClaimsAsync(ada)).ShouldBeEmpty();
        (await theirs.GetLoginsAsync(ada)).ShouldBeEmpty();
        (await theirs.GetRolesAsync(ada)).ShouldBeEmpty();
        (await theirs.GetAuthenticationTokenAsync(ada, "idp", "token")).ShouldBeNull();
        (await theirs.GetUsersForClaimAsync(new("department", "mathematics"))).ShouldBeEmpty();
        theirs.Users.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => theirs.DeleteAsync(ada));
        await Should.ThrowAsync<NotSupportedException>(() => theirs.CheckPasswordAsync(ada, "anything"));
    }

    private static EmailAddress Email(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    private async Task<User> CreateAsync(EmailAddress email)
    {
        await using var scope = Directory.Scope();
        return (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, true, null, "hash", Cancel)).ShouldNotBeNull();
    }

    private async Task<User> FindAsync(User user)
    {
        await using var context = Directory.Context();
        return await context.Set<User>().AsNoTracking().SingleAsync(u => u.Id == user.Id, Cancel);
    }

    private async Task InScopeAsync(User user, Func<UserDirectory, User, Task> action)
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        await using var scope = Directory.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        await action(users, (await users.FindAsync(user.UserId, Cancel)).ShouldNotBeNull());
    }

    private async Task<List<AuditEventKind>> KindsAsync()
    {
        await using var context = Directory.Context();
        return await context.Set<AuditEntry>().OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => e.Kind).ToListAsync(Cancel);
    }

    public sealed class OnSqlite() : UserDirectoryTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : UserDirectoryTests(DatabaseProvider.PostgreSql);
}
