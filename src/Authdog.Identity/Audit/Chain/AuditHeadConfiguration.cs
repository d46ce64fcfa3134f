using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Audit.Chain;

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("AuditHeads");
        builder.HasKey(head => head.TenantId);
        builder.Property(head => head.BaseHash).HasMaxLength(AuditDigest.Length);
        builder.Property(head => head.Hash).HasMaxLength(AuditDigest.Length);
        builder.Property(head => head.Mac).HasMaxLength(AuditDigest.Length);
    }
}
