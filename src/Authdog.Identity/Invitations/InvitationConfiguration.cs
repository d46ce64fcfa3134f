using Authdog.Identity.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.Invitations;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<JoinRequest>
{
    private static readonly ValueComparer<IReadOnlyList<string>> s_names = new((one, other) => one!.SequenceEqual(other!), names => names.Count, names => names.ToArray());

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.HasKey(i => new { i.TenantId, i.Id });
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasOne<Tenant>().WithMany().HasForeignKey(i => i.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.Property(i => i.NormalizedEmail).HasMaxLength(256);
        builder.Property(i => i.TokenHash).HasMaxLength(64);
        builder.Property(i => i.Language).HasMaxLength(16);
        builder.Property(i => i.State).HasConversion<string>().HasMaxLength(16);

        // A role's name has no blank, a group's no comma.
        builder.Property(i => i.Roles).HasConversion(names => string.Join(' ', names), text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries), s_names).HasMaxLength(InvitationDirectory.MaxNames * 65);
        builder.Property(i => i.Groups).HasConversion(names => string.Join(',', names), text => text.Split(',', StringSplitOptions.RemoveEmptyEntries), s_names).HasMaxLength(InvitationDirectory.MaxNames * 129);
        builder.HasIndex(i => new { i.TenantId, i.TokenHash }).IsUnique();
        builder.HasIndex(i => new { i.TenantId, i.NormalizedEmail });
        builder.HasIndex(i => new { i.TenantId, i.UserId });
    }

    public void Configure(EntityTypeBuilder<JoinRequest> builder)
    {
        builder.ToTable("JoinRequests");
        builder.HasKey(r => new { r.TenantId, r.Id });
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasOne<Tenant>().WithMany().HasForeignKey(r => r.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(r => r.Email).HasMaxLength(256);
        builder.Property(r => r.NormalizedEmail).HasMaxLength(256);
        builder.Property(r => r.Language).HasMaxLength(16);
        builder.HasIndex(r => new { r.TenantId, r.NormalizedEmail }).IsUnique();
    }
}
