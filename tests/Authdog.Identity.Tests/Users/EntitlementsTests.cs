using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Users;

/// <summary>Roles, groups and permissions, and that a live session has them at once.</summary>
public sealed class EntitlementsTests : IAsyncLifetime
{
    private readonly PagesHost _host = new();
    private AsyncServiceScope _scope;
    private User _user = null!;
    private string _cookie = string.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private GroupDirectory Groups => _scope.ServiceProvider.GetRequiredService<GroupDirectory>();

    private RoleDirectory Roles => _scope.ServiceProvider.GetRequiredService<RoleDirectory>();

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        _scope = await _host.ScopeAsync();
        EmailAddress.TryParse("ada@example.com", out var email).ShouldBeTrue();
        _user = (await _scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, true, "Ada", null, Cancel)).ShouldNotBeNull();
        var (token, _) = await _host.Services.GetRequiredService<SessionStore>()
            .IssueAsync(new NewSession(TenantId.Default, _user.UserId, SessionProfile.Of(_user, []), [AuthenticationFactor.Password(_host.Time.GetUtcNow())], null, null), null, Cancel);
        _cookie = token.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task LiveSessionHasWhatTheGroupGives_WhenItChanges()
    {
        await Roles.SetAsync("editor", ["pages:write", "pages:read"], Cancel);
        var staff = (await Groups.AddAsync("Staff", Cancel)).ShouldNotBeNull();

        (await Groups.AddMemberAsync(staff, _user, Cancel)).ShouldBeTrue();
        (await SessionAsync()).ShouldBe(("", "Staff", ""));
        (await Groups.AddRoleAsync(staff, "EDITOR", Cancel)).ShouldBeTrue();
        (await SessionAsync()).ShouldBe(("editor", "Staff", "pages:read pages:write"));
        await Roles.SetAsync("editor", ["pages:read"], Cancel);
        (await SessionAsync()).ShouldBe(("editor", "Staff", "pages:read"));
        await Groups.DeleteAsync((await Groups.FindAsync("staff", Cancel)).ShouldNotBeNull(), Cancel);
        (await SessionAsync()).ShouldBe(("", "", ""));
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task LiveSessionLosesTheRole_WhenItIsTakenFromTheGroupOrDeleted()
    {
        await Roles.SetAsync("editor", ["pages:write"], Cancel);
        await Roles.SetAsync("reader", ["pages:read"], Cancel);
        var staff = (await Groups.AddAsync("Staff", Cancel)).ShouldNotBeNull();
        await Groups.AddMemberAsync(staff, _user, Cancel);
        await Groups.AddRoleAsync(staff, "editor", Cancel);
        await Groups.AddRoleAsync(staff, "reader", Cancel);
        (await SessionAsync()).Roles.ShouldBe("editor reader");

        (await Groups.RemoveRoleAsync(staff, "editor", Cancel)).ShouldBeTrue();
        (await SessionAsync()).ShouldBe(("reader", "Staff", "pages:read"));
        (await Roles.DeleteAsync("reader", Cancel)).ShouldBeTrue();
        (await SessionAsync()).ShouldBe(("", "Staff", ""));
        (await Groups.RemoveMemberAsync(staff, _user, Cancel)).ShouldBeTrue();
        (await SessionAsync()).Groups.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task AnotherTenantSeesNothing_WhenNamesAreTheSame()
    {
        await Roles.SetAsync("editor", ["pages:write"], Cancel);
        await Groups.AddAsync("Staff", Cancel);
        var acme = TenantId.Parse("acme");
        await _host.Services.GetRequiredService<TenantDirectory>().AddAsync(acme, "Acme", Cancel);
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = (await _host.Services.GetRequiredService<TenantCache>().FindAsync(acme, Cancel))!;

        (await scope.ServiceProvider.GetRequiredService<RoleDirectory>().ListAsync(Cancel)).ShouldBeEmpty();
        var groups = scope.ServiceProvider.GetRequiredService<GroupDirectory>();
        (await groups.FindAsync("Staff", Cancel)).ShouldBeNull();
        (await groups.AddAsync("Staff", Cancel)).ShouldNotBeNull();
        var theirs = (await Groups.FindAsync("Staff", Cancel)).ShouldNotBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => groups.DeleteAsync(theirs, Cancel));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("")]
    public async Task RefusesTheRole_WhenItsNameOrPermissionCannotBeOne(string name)
    {
        await Should.ThrowAsync<ArgumentException>(() => Roles.SetAsync(name, [], Cancel));
        await Should.ThrowAsync<ArgumentException>(() => Roles.SetAsync("editor", [name], Cancel));
    }

    private async Task<(string Roles, string Groups, string Permissions)> SessionAsync()
    {
        var session = (await _host.Services.GetRequiredService<SessionStore>().FindAsync(_cookie, Cancel)).ShouldBeOfType<SessionLookup.Found>().Session;
        return (string.Join(' ', session.Roles), string.Join(' ', session.Groups), string.Join(' ', session.Permissions));
    }
}
