using Authdog.Identity.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Sso;

internal sealed class SsoConfiguration : IEntityTypeConfiguration<Connection>, IEntityTypeConfiguration<TenantDomain>
{
    private static readonly ValueComparer<IReadOnlyList<string>> s_names = new((one, other) => one!.SequenceEqual(other!), names => names.Count, names => names.ToArray());

    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.ToTable("Connections");
        builder.HasKey(c => new { c.TenantId, c.Id });
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => new { c.TenantId, c.Slug }).IsUnique();
        builder.HasOne<Tenant>().WithMany().HasForeignKey(c => c.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(c => c.Slug).HasMaxLength(Connection.MaxSlug);
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Name).HasMaxLength(100);
        builder.Property(c => c.Settings).HasMaxLength(Connection.MaxDocument);
        builder.Property(c => c.Mapping).HasMaxLength(Connection.MaxDocument);
    }

    public void Configure(EntityTypeBuilder<TenantDomain> builder)
    {
        builder.ToTable("TenantDomains");
        builder.HasKey(d => new { d.TenantId, d.Domain });
        builder.Property(d => d.Domain).HasMaxLength(TenantDomain.MaxLength);

        builder.Property(d => d.Token).HasMaxLength(64);

        // A role's name has no blank.
        builder.Property(d => d.JoinRoles)
            .HasConversion(names => string.Join(' ', names), text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries), s_names)
            .HasMaxLength(TenantDomain.MaxRoles * 65)
            .HasDefaultValueSql("''");

        // Over all tenants: a verified domain is one tenant's.
        builder.HasIndex(d => d.Domain).IsUnique().HasFilter("\"VerifiedAt\" IS NOT NULL");
        builder.HasOne<Tenant>().WithMany().HasForeignKey(d => d.TenantId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Connection>().WithMany().HasForeignKey(d => new { d.TenantId, d.ConnectionId }).OnDelete(DeleteBehavior.Restrict);
    }
}
