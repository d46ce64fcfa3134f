using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Storage;

[Trait("Threat", "I10")]
public abstract class DirectoryContextTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    [Fact]
    public async Task FiltersEveryTenantOwnedEntity()
    {
        await using var context = Directory.Context();

        var owned = context.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList();
        owned.ShouldNotBeEmpty();
        owned.ShouldAllBe(e => e.FindDeclaredQueryFilter(DirectoryContext.TenantFilter) != null);
        // But a tenant's address and a domain that it proved: each leads to one tenant of all.
        owned.Where(e => e.ClrType != typeof(TenantAddress) && e.ClrType != typeof(TenantDomain)).SelectMany(e => e.GetIndexes()).Where(i => i.IsUnique).ShouldAllBe(i => i.Properties[0].Name == "TenantId");
        owned.SelectMany(e => e.GetForeignKeys()).ShouldAllBe(k => k.Properties[0].Name == "TenantId");
    }

    [Fact]
    public async Task KeepsTenantsApart_ThoughTheModelIsShared()
    {
        var user = Row(TenantId.Default);
        await SaveAsync(user);

        await using var mine = Directory.Context();
        await using var theirs = Directory.Context(Other);
        (await mine.Set<User>().CountAsync(Cancel)).ShouldBe(1);
        (await theirs.Set<User>().CountAsync(Cancel)).ShouldBe(0);
        (await theirs.FindAsync<User>([TenantId.Default, user.Id], Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task RefusesToQuery_WithoutATenant()
    {
        await using var context = Directory.Context();
        context.UseTenant(() => throw new InvalidOperationException("none"));

        await Should.ThrowAsync<InvalidOperationException>(() => context.Set<User>().CountAsync(Cancel));
    }

    [Fact]
    public async Task RefusesToSave_AnotherTenantsRow()
    {
        await using var context = Directory.Context(Other);

        context.Add(Row(TenantId.Default));
        await Should.ThrowAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancel));
        Should.Throw<InvalidOperationException>(() => context.SaveChanges());

        context.ChangeTracker.Clear();
        var user = Row(TenantId.Default);
        await SaveAsync(user);
        context.Remove(user);
        await Should.ThrowAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task NeverChanges_WhatIsAppendOnly()
    {
        var entry = Directory.Services.GetRequiredService<AuditWitness>().Of(new AuditEvent(TenantId.Default, AuditEventKind.SignedIn));
        await SaveAsync(entry);

        await using var context = Directory.Context();
        context.Remove(await context.Set<AuditEntry>().SingleAsync(Cancel));

        await Should.ThrowAsync<InvalidOperationException>(() => context.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task ComparesAndOrdersInstants_WhateverTheirOffset()
    {
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] instants = [noon, noon.AddHours(1).ToOffset(TimeSpan.FromHours(-11)), noon.AddHours(2).ToOffset(TimeSpan.FromHours(14)), noon.AddMicroseconds(-1)];
        foreach (var instant in instants)
        {
            var user = Row(TenantId.Default);
            user.CreatedAt = instant;
            await SaveAsync(user);
        }

        await using var context = Directory.Context();
        (await context.Set<User>().OrderBy(u => u.CreatedAt).Select(u => u.CreatedAt).ToListAsync(Cancel)).ShouldBe([instants[3], instants[0], instants[1], instants[2]]);
        (await context.Set<User>().CountAsync(u => u.CreatedAt > noon, Cancel)).ShouldBe(2);
    }

    private static User Row(TenantId tenant)
    {
        var id = Guid.NewGuid();
        return new User { TenantId = tenant, Id = id, Email = $"{id}@example.com", NormalizedEmail = $"{id}@EXAMPLE.COM", UserName = $"{id}", NormalizedUserName = $"{id}" };
    }

    private async Task SaveAsync(object row)
    {
        await using var context = Directory.Context();
        context.Add(row);
        await context.SaveChangesAsync(Cancel);
    }

    public sealed class OnSqlite() : DirectoryContextTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : DirectoryContextTests(DatabaseProvider.PostgreSql);
}
