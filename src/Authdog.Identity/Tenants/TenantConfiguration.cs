using Authdog.Identity.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Tenants;

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>, IEntityTypeConfiguration<TenantAddress>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.ToTable("Tenants");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.Property(t => t.State).HasConversion<string>().HasMaxLength(16).HasDefaultValue(TenantState.Active).HasSentinel(TenantState.Active);
        builder.HasData(new Tenant { Id = TenantId.Default, Name = "Default", CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
    }

    public void Configure(EntityTypeBuilder<TenantAddress> builder)
    {
        builder.ToTable("TenantAddresses");
        builder.HasKey(a => new { a.TenantId, a.Address });
        builder.Property(a => a.Address).HasMaxLength(TenantAddress.MaxLength);

        // Over all tenants: an address leads to one of them.
        builder.HasIndex(a => a.Address).IsUnique();
        builder.HasOne<Tenant>().WithMany().HasForeignKey(a => a.TenantId).OnDelete(DeleteBehavior.Cascade);
    }
}
