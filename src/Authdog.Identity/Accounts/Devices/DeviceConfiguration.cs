using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Accounts.Devices;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>, IEntityTypeConfiguration<SignIn>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("Devices");
        builder.HasKey(device => new { device.TenantId, device.UserId, device.Id });
        builder.HasOne<User>().WithMany().HasForeignKey(device => new { device.TenantId, device.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(device => device.Id).HasMaxLength(64);
        builder.Property(device => device.Browser).HasMaxLength(40);
        builder.Property(device => device.System).HasMaxLength(40);
        builder.HasIndex(device => new { device.TenantId, device.LastSeenAt });
    }

    public void Configure(EntityTypeBuilder<SignIn> builder)
    {
        // The key is the order in which it is read: one person's, newest first.
        builder.ToTable("SignIns");
        builder.HasKey(signIn => new { signIn.TenantId, signIn.UserId, signIn.Id });
        builder.HasOne<User>().WithMany().HasForeignKey(signIn => new { signIn.TenantId, signIn.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(signIn => signIn.Id).ValueGeneratedNever();
        builder.Property(signIn => signIn.Method).HasMaxLength(80);
        builder.Property(signIn => signIn.Browser).HasMaxLength(40);
        builder.Property(signIn => signIn.System).HasMaxLength(40);
        builder.Property(signIn => signIn.Address).HasMaxLength(45);
        builder.Property(signIn => signIn.SessionId).HasMaxLength(64);
        builder.HasIndex(signIn => new { signIn.TenantId, signIn.At });
    }
}
