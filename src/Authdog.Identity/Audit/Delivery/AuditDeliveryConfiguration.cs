using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Audit.Delivery;

internal sealed class AuditDeliveryConfiguration : IEntityTypeConfiguration<AuditDelivery>, IEntityTypeConfiguration<AuditDeadLetter>
{
    public const int MaxReason = 200;
    private const int MaxStream = 20;

    public void Configure(EntityTypeBuilder<AuditDelivery> builder)
    {
        builder.ToTable("AuditDeliveries");
        builder.HasKey(delivery => new { delivery.TenantId, delivery.Stream });
        builder.Property(delivery => delivery.Stream).HasMaxLength(MaxStream);
    }

    public void Configure(EntityTypeBuilder<AuditDeadLetter> builder)
    {
        builder.ToTable("AuditDeadLetters");
        builder.HasKey(letter => new { letter.TenantId, letter.Id });
        builder.Property(letter => letter.Id).ValueGeneratedNever();
        builder.Property(letter => letter.Stream).HasMaxLength(MaxStream);
        builder.Property(letter => letter.Reason).HasMaxLength(MaxReason);
    }
}
