using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Tenants;

public abstract class TenantDirectoryTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    private TenantDirectory Tenants => Directory.Services.GetRequiredService<TenantDirectory>();

    [Fact]
    public async Task HasTheDefaultTenant_FromTheFirstStart() =>
        (await Tenants.FindAsync(TenantId.Default, Cancel)).ShouldNotBeNull().Name.ShouldBe("Default");

    [Fact]
    public async Task AddsATenantOnce()
    {
        var acme = TenantId.Parse("acme");
        (await Tenants.AddAsync(acme, "Acme", Cancel)).ShouldNotBeNull();
        (await Tenants.AddAsync(acme, "Another", Cancel)).ShouldBeNull();

        (await Tenants.FindAsync(acme, Cancel))!.Name.ShouldBe("Acme");
        (await Tenants.ListAsync(Cancel)).Select(t => t.Id.Value).ShouldBe(["acme", "default", "other"]);
    }

    [Fact]
    public async Task ListsTenantsPageByPage_WhenSomeAreErased()
    {
        foreach (var id in new[] { "b-2", "a", "c", "b" })
        {
            await Tenants.AddAsync(TenantId.Parse(id), id, Cancel);
        }

        await using (var context = Directory.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext())
        {
            await context.Set<Tenant>().Where(tenant => tenant.Name == "c").ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.State, TenantState.Erased), Cancel);
        }

        List<string> seen = [];
        IReadOnlyList<Tenant> page = [];
        do
        {
            page = await Tenants.ListAsync(page.Count > 0 ? page[^1].Id : null, 2, Cancel);
            page.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.Select(tenant => tenant.Id.Value));
        }
        while (page.Count > 0);

        // Both engines order ids alike, whatever the database's language.
        seen.ShouldBe(["a", "b", "b-2", "default", "other"]);
    }

    public sealed class OnSqlite() : TenantDirectoryTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : TenantDirectoryTests(DatabaseProvider.PostgreSql);
}
