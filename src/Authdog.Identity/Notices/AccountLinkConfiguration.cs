using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Notices;

internal sealed class AccountLinkConfiguration : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("AccountLinks");
        builder.HasKey(link => new { link.TenantId, link.Id });
        builder.HasOne<User>().WithMany().HasForeignKey(link => new { link.TenantId, link.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(link => link.Id).HasMaxLength(64);
        builder.Property(link => link.Purpose).HasMaxLength(40);
        builder.Property(link => link.Subject).HasMaxLength(512);
        builder.HasIndex(link => new { link.TenantId, link.UserId, link.CreatedAt });
        builder.HasIndex(link => new { link.TenantId, link.ExpiresAt });
    }
}
