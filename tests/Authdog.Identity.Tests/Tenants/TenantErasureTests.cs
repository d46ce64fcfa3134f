using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tenants.Lifecycle;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Tenants;

public sealed class TenantErasureTests : IAsyncLifetime
{
    private static readonly TenantId s_acme = TenantId.Parse("acme");
    private static readonly TenantId s_globex = TenantId.Parse("globex");
    private readonly PagesHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task NothingOfTheTenantIsLeft_WhenItsGraceIsOver()
    {
        var gone = await FillAsync(s_acme);
        var kept = await FillAsync(s_globex);
        var changes = _host.Services.GetRequiredService<TenantChanges>();
        await changes.DeleteAsync(s_acme, Cancel);
        var erasure = _host.Services.GetRequiredService<TenantErasure>();

        _host.Time.Advance(TimeSpan.FromDays(29));
        (await erasure.RunAsync(Cancel)).ShouldBeEmpty();
        (await RowsAsync(s_acme)).ShouldBeGreaterThan(3);
        _host.Time.Advance(TimeSpan.FromDays(1.1));
        await erasure.RunAsync(Cancel);

        // The hourly job may have been first.
        await Redis.Eventually.TrueAsync(async () => await RowsAsync(s_acme) == 0, TimeSpan.FromSeconds(10));
        (await RowsAsync(s_globex)).ShouldBeGreaterThan(3);
        var keys = _host.Services.GetRequiredService<TenantKeys>();
        (await keys.ListAsync(s_acme, string.Empty, Cancel)).ShouldBeEmpty();
        (await keys.ListAsync(s_globex, string.Empty, Cancel)).ShouldNotBeEmpty();
        var redis = (await _host.Services.GetRequiredService<RedisConnection>().StartAsync(Cancel)).GetDatabase();
        (await redis.KeyExistsAsync("authdog:session:" + gone.Value), await redis.KeyExistsAsync("authdog:session:" + kept.Value)).ShouldBe((false, true));
        (await _host.Services.GetRequiredService<TenantCache>().FindAsync(s_acme, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task IdIsNeverGivenAgain_WhenATenantIsErased()
    {
        await FillAsync(s_acme);
        await _host.Services.GetRequiredService<TenantChanges>().DeleteAsync(s_acme, Cancel);
        _host.Time.Advance(TimeSpan.FromDays(31));
        await _host.Services.GetRequiredService<TenantErasure>().RunAsync(Cancel);

        (await _host.Services.GetRequiredService<TenantDirectory>().AddAsync(s_acme, "Acme", Cancel)).ShouldBeNull();
        (await _host.Services.GetRequiredService<TenantChanges>().ResumeAsync(s_acme, Cancel)).ShouldBeOfType<TenantChange.Unknown>();
    }

    [Fact]
    public async Task EverythingIsThere_WhenItIsResumedInTime()
    {
        await FillAsync(s_acme);
        var changes = _host.Services.GetRequiredService<TenantChanges>();
        await changes.DeleteAsync(s_acme, Cancel);
        _host.Time.Advance(TimeSpan.FromDays(29));
        await changes.ResumeAsync(s_acme, Cancel);
        _host.Time.Advance(TimeSpan.FromDays(29));

        (await _host.Services.GetRequiredService<TenantErasure>().RunAsync(Cancel)).ShouldBeEmpty();
        (await RowsAsync(s_acme)).ShouldBeGreaterThan(3);
    }

    private async Task<SessionId> FillAsync(TenantId tenant)
    {
        await _host.Services.GetRequiredService<TenantDirectory>().AddAsync(tenant, tenant.Value, Cancel);
        (await _host.Services.GetRequiredService<TenantChanges>().AddAddressAsync(tenant, $"{tenant}.test", Cancel)).ShouldBeOfType<TenantChange.Done>();
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = (await _host.Services.GetRequiredService<TenantCache>().FindAsync(tenant, Cancel))!;
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        EmailAddress.TryParse("ada@example.com", out var email).ShouldBeTrue();
        var user = (await users.CreateAsync(email, true, "Ada", null, Cancel)).ShouldNotBeNull();
        await users.AddRolesAsync(user, ["admin"], Cancel);
        await _host.Services.GetRequiredService<CounterStore>().IncrementAsync(tenant, "x", "y", TimeSpan.FromHours(1), Cancel);
        var (_, session) = await _host.Services.GetRequiredService<SessionStore>()
            .IssueAsync(new NewSession(tenant, user.UserId, SessionProfile.Of(user, ["admin"]), [AuthenticationFactor.Password(_host.Time.GetUtcNow())], null, null), null, Cancel);
        return session.Id;
    }

    private async Task<int> RowsAsync(TenantId tenant)
    {
        await using var context = _host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        var rows = 0;
        foreach (var entity in context.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned))))
        {
            var count = $"SELECT COUNT(*) AS Value FROM \"{entity.GetTableName()}\" WHERE \"TenantId\" = {{0}}";
            rows += await context.Database.SqlQueryRaw<int>(count, tenant.Value).SingleAsync(Cancel);
        }

        return rows;
    }
}
