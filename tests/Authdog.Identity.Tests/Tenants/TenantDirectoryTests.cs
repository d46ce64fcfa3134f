using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Storage;
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

    public sealed class OnSqlite() : TenantDirectoryTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : TenantDirectoryTests(DatabaseProvider.PostgreSql);
}
