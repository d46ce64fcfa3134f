using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // No foreign key to users or tenants: the record outlives both.
        builder.ToTable("AuditEntries");
        builder.HasKey(e => new { e.TenantId, e.Id });
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(40);
        builder.Property(e => e.Detail).HasMaxLength(400);
        builder.Property(e => e.Source).HasMaxLength(AuditSource.MaxLength);
        builder.Property(e => e.SessionId).HasMaxLength(64);
        builder.Property(e => e.DecisionId).HasMaxLength(40);
        builder.Property(e => e.Address).HasMaxLength(45);
        builder.Property(e => e.Salt).HasMaxLength(AuditDigest.SaltLength);
        builder.Property(e => e.AddressHash).HasMaxLength(AuditDigest.Length);
        builder.Property(e => e.Digest).HasMaxLength(AuditDigest.Length);
        builder.Property(e => e.Hash).HasMaxLength(AuditDigest.Length);
        builder.HasIndex(e => new { e.TenantId, e.Sequence }).IsUnique();
        builder.HasIndex(e => new { e.TenantId, e.At });
        builder.HasIndex(e => new { e.TenantId, e.UserId, e.At });

        // The few that wait for their place, found without reading the rest.
        builder.HasIndex(e => new { e.TenantId, e.Id }, "IX_AuditEntries_Unsealed").HasFilter("\"Sequence\" IS NULL");
    }
}
