using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Storage;

/// <summary>The directory on SQLite.</summary>
internal sealed class SqliteDirectoryContext(DbContextOptions<SqliteDirectoryContext> options) : DirectoryContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<SqliteInstantConverter>();
    }
}
