using Authdog.Identity.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Users;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("Users");
        builder.HasKey(u => new { u.TenantId, u.Id });
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.HasIndex(u => new { u.TenantId, u.NormalizedEmail }).IsUnique();
        builder.HasIndex(u => new { u.TenantId, u.NormalizedUserName }).IsUnique();

        // Over all tenants, and unique in none: where the owner of an address that was proved has accounts.
        builder.HasIndex(u => u.NormalizedEmail);
        builder.HasIndex(u => new { u.TenantId, u.Mailbox });
        builder.HasOne<Tenant>().WithMany().HasForeignKey(u => u.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(u => u.UserId);
        builder.Property(u => u.UserName).HasMaxLength(256);
        builder.Property(u => u.NormalizedUserName).HasMaxLength(256);
        builder.Property(u => u.Email).HasMaxLength(256);
        builder.Property(u => u.NormalizedEmail).HasMaxLength(256);
        builder.Property(u => u.Mailbox).HasMaxLength(256);
        builder.Property(u => u.Name).HasMaxLength(200);
        builder.Property(u => u.Locale).HasMaxLength(16);
        builder.Property(u => u.TimeZone).HasMaxLength(64);
        builder.Property(u => u.Attributes).HasMaxLength(64 * 1024);
        builder.Property(u => u.PasswordHash).HasMaxLength(512);
        builder.Property(u => u.SecurityStamp).HasMaxLength(64);
        builder.Property(u => u.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
        builder.Property(u => u.PhoneNumber).HasMaxLength(64);
    }
}
