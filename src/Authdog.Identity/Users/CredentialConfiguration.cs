using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Users;

internal sealed class CredentialConfiguration : IEntityTypeConfiguration<UserClaim>, IEntityTypeConfiguration<UserLogin>, IEntityTypeConfiguration<UserToken>
{
    public void Configure(EntityTypeBuilder<UserClaim> builder)
    {
        builder.ToTable("UserClaims");

        // A generated number is unique by itself; SQLite generates none in a composite key.
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => new { c.TenantId, c.UserId });
        builder.HasOne<User>().WithMany().HasForeignKey(c => new { c.TenantId, c.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(c => c.ClaimType).HasMaxLength(256);
        builder.Property(c => c.ClaimValue).HasMaxLength(2048);
    }

    public void Configure(EntityTypeBuilder<UserLogin> builder)
    {
        builder.ToTable("UserLogins");
        builder.HasKey(l => new { l.TenantId, l.LoginProvider, l.ProviderKey });
        builder.HasOne<User>().WithMany().HasForeignKey(l => new { l.TenantId, l.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(l => l.LoginProvider).HasMaxLength(128);
        builder.Property(l => l.ProviderKey).HasMaxLength(512);
        builder.Property(l => l.ProviderDisplayName).HasMaxLength(200);
        builder.Property(l => l.Account).HasMaxLength(UserLogin.MaxAccount);
        builder.Property(l => l.Roles).HasMaxLength(16 * 1024);
        builder.Property(l => l.Groups).HasMaxLength(16 * 1024);
        builder.HasIndex(l => new { l.TenantId, l.UserId });
    }

    public void Configure(EntityTypeBuilder<UserToken> builder)
    {
        builder.ToTable("UserTokens");
        builder.HasKey(t => new { t.TenantId, t.UserId, t.LoginProvider, t.Name });
        builder.HasOne<User>().WithMany().HasForeignKey(t => new { t.TenantId, t.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(t => t.LoginProvider).HasMaxLength(128);
        builder.Property(t => t.Name).HasMaxLength(128);
    }
}
