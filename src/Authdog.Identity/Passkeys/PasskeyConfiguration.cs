using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Passkeys;

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.ToTable("Passkeys");
        builder.HasKey(p => new { p.TenantId, p.Id });
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => new { p.TenantId, p.CredentialId }).IsUnique();
        builder.HasIndex(p => new { p.TenantId, p.UserId });
        builder.HasOne<User>().WithMany().HasForeignKey(p => new { p.TenantId, p.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(p => p.CredentialId).HasMaxLength(Passkey.MaxCredentialId);
        builder.Property(p => p.RelyingPartyId).HasMaxLength(253);
        builder.Property(p => p.PublicKey).HasMaxLength(2048);
        builder.Property(p => p.Transports).HasMaxLength(100);
        builder.Property(p => p.AttestationFormat).HasMaxLength(32);
        builder.Property(p => p.Name).HasMaxLength(Passkey.MaxName);
    }
}
