using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Keys;

internal sealed class KeysConfiguration : IEntityTypeConfiguration<DataProtectionKey>, IEntityTypeConfiguration<StoredSigningKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.FriendlyName).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<StoredSigningKey> builder)
    {
        builder.ToTable("SigningKeys");
        builder.HasKey(k => new { k.Purpose, k.Sequence });
        builder.Property(k => k.Sequence).ValueGeneratedNever();
        builder.Property(k => k.Purpose).HasMaxLength(64);
        builder.Property(k => k.Kid).HasMaxLength(64);
    }
}
