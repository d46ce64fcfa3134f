using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Accounts.Deletion;

internal sealed class AccountDeletionConfiguration : IEntityTypeConfiguration<AccountDeletion>
{
    public void Configure(EntityTypeBuilder<AccountDeletion> builder)
    {
        builder.ToTable("AccountDeletions");
        builder.HasKey(deletion => new { deletion.TenantId, deletion.UserId });
        builder.HasOne<User>().WithMany().HasForeignKey(deletion => new { deletion.TenantId, deletion.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(deletion => new { deletion.TenantId, deletion.DueAt });
    }
}
