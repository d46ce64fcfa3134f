using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Redis;
using Authdog.Identity.Users;
using Authdog.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sessions;

[Trait("Threat", "B11")]
public sealed class SessionDirectoryInterceptorTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-interceptor-").FullName;
    private RedisServer _redis = null!;
    private ServiceProvider _services = null!;
    private User _user = null!;
    private SessionToken _token = null!;

    private SessionStore Sessions => _services.GetRequiredService<SessionStore>();

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Redis:ConnectionString", _redis.ConnectionString), new("Gateway:DataPath", _folder)])
            .Build();
        _services = new ServiceCollection().AddLogging()
            .AddStorage(configuration).AddKeys(configuration).AddTenants().AddAudit().AddUsers(configuration).AddRedis(configuration).AddSessions(configuration)
            .BuildServiceProvider();
        await _services.GetRequiredService<DirectoryMigrator>().PrepareAsync(CancellationToken.None);
        await ChangeAsync(async users => _user = (await users.CreateAsync(Address(), emailVerified: true, name: null, passwordHash: null, default))!);
        var request = new NewSession(TenantId.Default, _user.UserId, SessionProfile.Of(_user, []), [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())], null, null);
        _token = (await Sessions.IssueAsync(request, null, default)).Token;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _redis.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task LiveSessionShowsTheRoles_WhenTheyAreGivenAndTaken()
    {
        (await FindAsync())!.Name.ShouldBe("ada");

        await ChangeAsync(users => users.AddRolesAsync(_user, ["finance", "admin"], default));
        (await FindAsync())!.Roles.ShouldBe(["admin", "finance"]);

        await ChangeAsync(users => users.RemoveRolesAsync(_user, ["admin"], default));
        (await FindAsync())!.Roles.ShouldBe(["finance"]);
    }

    [Fact]
    public async Task LiveSessionShowsTheName_WhenItChanges()
    {
        await ChangeAsync(users => users.SetNameAsync(_user, "Ada Lovelace", default));

        (await FindAsync())!.Name.ShouldBe("Ada Lovelace");
    }

    [Fact]
    public async Task SessionIsOver_WhenTheUserIsShutOut()
    {
        (await FindAsync()).ShouldNotBeNull();

        await ChangeAsync(users => users.SetDisabledAsync(_user, disabled: true, default));

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task DirectoryIsNotWritten_WhenTheStoreIsAway()
    {
        _redis.Kill();

        await Should.ThrowAsync<StoreUnavailableException>(() => ChangeAsync(users => users.SetDisabledAsync(_user, disabled: true, default)));

        await ChangeAsync(async users => (await users.FindAsync(_user.UserId, default))!.Disabled.ShouldBeFalse());
    }

    private static EmailAddress Address() => EmailAddress.TryParse("ada@example.com", out var address) ? address : throw new InvalidOperationException();

    private async Task<Session?> FindAsync() => (await Sessions.FindAsync(_token.Value, default) as SessionLookup.Found)?.Session;

    private async Task ChangeAsync(Func<UserDirectory, Task> change)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
        await change(scope.ServiceProvider.GetRequiredService<UserDirectory>());
    }
}
