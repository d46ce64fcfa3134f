using Authdog.Identity.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Authdog.Identity.ApiKeys;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasKey(key => new { key.TenantId, key.Id });
        builder.HasOne<Tenant>().WithMany().HasForeignKey(key => key.TenantId).OnDelete(DeleteBehavior.Restrict);

        // Over all tenants: the key itself says which tenant it is for. Its 80 random bits make it unique.
        builder.HasIndex(key => key.Id);
        builder.Property(key => key.Id).HasMaxLength(20);
        builder.Property(key => key.SecretHash).HasMaxLength(64);
        builder.Property(key => key.Name).HasMaxLength(ApiKeyDirectory.MaxName);
        builder.Property(key => key.Scopes)
            .HasConversion(
                scopes => string.Join(' ', scopes),
                text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                new ValueComparer<IReadOnlyList<string>>((one, other) => one!.SequenceEqual(other!), scopes => scopes.Count, scopes => scopes.ToArray()))
            .HasMaxLength(1000);
    }
}
