using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Storage;

/// <summary>The directory on PostgreSQL.</summary>
internal sealed class PostgreSqlDirectoryContext(DbContextOptions<PostgreSqlDirectoryContext> options) : DirectoryContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }
}
