using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Consents;

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<StoredConsent>, IEntityTypeConfiguration<StoredWording>
{
    public void Configure(EntityTypeBuilder<StoredConsent> builder)
    {
        builder.ToTable("Consents");
        builder.HasKey(consent => new { consent.TenantId, consent.UserId, consent.Id });
        builder.HasOne<User>().WithMany().HasForeignKey(consent => new { consent.TenantId, consent.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(consent => consent.Id).ValueGeneratedNever();
        builder.Property(consent => consent.Document).HasMaxLength(40);
        builder.Property(consent => consent.Version).HasMaxLength(40);
        builder.Property(consent => consent.TextHash).HasMaxLength(64);
        builder.Property(consent => consent.Language).HasMaxLength(16);
        builder.Property(consent => consent.How).HasMaxLength(16);
        builder.Property(consent => consent.Browser).HasMaxLength(80);
        builder.Property(consent => consent.Address).HasMaxLength(45);

        // Who has agreed to a version, and who has not: asked by whoever has to prove it.
        builder.HasIndex(consent => new { consent.TenantId, consent.Document, consent.Version });
    }

    public void Configure(EntityTypeBuilder<StoredWording> builder)
    {
        builder.ToTable("ConsentWordings");
        builder.HasKey(wording => new { wording.TenantId, wording.Id });
        builder.Property(wording => wording.Id).HasMaxLength(64);
        builder.Property(wording => wording.Label).HasMaxLength(300);
    }
}
