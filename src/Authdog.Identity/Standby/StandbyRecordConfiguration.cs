using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Standby;

internal sealed class StandbyRecordConfiguration : IEntityTypeConfiguration<StandbyRecord>
{
    public void Configure(EntityTypeBuilder<StandbyRecord> builder)
    {
        builder.ToTable("StandbyRecords");
        builder.HasKey(record => new { record.TenantId, record.Kind, record.Id });
        builder.Property(record => record.Kind).HasMaxLength(16);
        builder.Property(record => record.Id).HasMaxLength(64);
        builder.HasIndex(record => new { record.TenantId, record.UserId, record.Kind });
        builder.HasIndex(record => new { record.TenantId, record.ExpiresAt });

        // A session's cookie names no tenant.
        builder.HasIndex(record => record.Id);
    }
}
