using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Accounts.Profile;

internal sealed class UserPictureConfiguration : IEntityTypeConfiguration<UserPicture>
{
    public void Configure(EntityTypeBuilder<UserPicture> builder)
    {
        builder.ToTable("UserPictures");
        builder.HasKey(picture => new { picture.TenantId, picture.UserId });
        builder.HasOne<User>().WithMany().HasForeignKey(picture => new { picture.TenantId, picture.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(picture => picture.Version).HasMaxLength(16);
        builder.Property(picture => picture.MediaType).HasMaxLength(20);
        builder.Property(picture => picture.Content).HasMaxLength(PictureFile.MaxBytes);
    }
}
