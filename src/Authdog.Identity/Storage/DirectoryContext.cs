using System.Linq.Expressions;
using Authdog.Identity.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Storage;

/// <summary>The directory database. It knows no feature: each brings its <see cref="IEntityTypeConfiguration{TEntity}"/>, found by assembly.</summary>
/// <remarks>A context that has been given no tenant throws on the first query of a tenant's rows: none runs unscoped (I10).</remarks>
public abstract class DirectoryContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Name of the query filter that every tenant-owned entity has.</summary>
    public const string TenantFilter = "tenant";

    private Func<TenantId>? _tenant;

    /// <summary>The tenant whose rows this context sees and may save.</summary>
    /// <exception cref="InvalidOperationException">None has been set.</exception>
    public TenantId Tenant => _tenant?.Invoke() ?? throw new InvalidOperationException("No tenant has been set for this directory context.");

    /// <summary>Sets where the tenant comes from; it is asked at each query, so that it may be known later than the context.</summary>
    public void UseTenant(Func<TenantId> tenant) => _tenant = tenant;

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardChanges();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardChanges();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<TenantId>().HaveConversion<TenantIdConverter>().HaveMaxLength(63);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DirectoryContext).Assembly);

        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned))))
        {
            var row = Expression.Parameter(entity.ClrType, "row");
            var owner = Expression.Property(row, nameof(ITenantOwned.TenantId));
            var mine = Expression.Property(Expression.Constant(this), nameof(Tenant));
            entity.SetQueryFilter(TenantFilter, Expression.Lambda(Expression.Equal(owner, mine), row));
        }
    }

    private void GuardChanges()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            if (entry.Entity is IAppendOnly && entry.State is not EntityState.Added)
            {
                throw new InvalidOperationException($"A row of {entry.Metadata.ShortName()} is never changed or deleted.");
            }

            if (entry.Entity is ITenantOwned row
                && (row.TenantId != Tenant || !Tenant.Equals(entry.OriginalValues[nameof(ITenantOwned.TenantId)])))
            {
                throw new InvalidOperationException($"A row of {entry.Metadata.ShortName()} belongs to another tenant than this context.");
            }
        }
    }
}
