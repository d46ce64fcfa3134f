using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Storage;

/// <summary>Makes contexts on the configured engine. Not pooled: no proxied request touches the directory, and a pooled context could carry a tenant over.</summary>
/// <remarks>Every <see cref="IInterceptor"/> registered as a singleton sees each context.</remarks>
internal sealed class DirectoryContextFactory(
    IOptions<DatabaseOptions> database,
    DataFolder folder,
    ILoggerFactory loggers,
    IEnumerable<IInterceptor> interceptors) : IDbContextFactory<DirectoryContext>
{
    private readonly Lazy<DbContextOptions<SqliteDirectoryContext>> _sqlite = new(() =>
        Configure(new DbContextOptionsBuilder<SqliteDirectoryContext>(), loggers, [.. interceptors, new SqlitePragmas()])
            .UseSqlite(SqliteConnectionString(database.Value, folder)).Options);

    private readonly Lazy<DbContextOptions<PostgreSqlDirectoryContext>> _postgreSql = new(() =>
        Configure(new DbContextOptionsBuilder<PostgreSqlDirectoryContext>(), loggers, [.. interceptors])
            .UseNpgsql(database.Value.ConnectionString).Options);

    public DirectoryContext CreateDbContext() => database.Value.Provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDirectoryContext(_sqlite.Value),
        DatabaseProvider.PostgreSql => new PostgreSqlDirectoryContext(_postgreSql.Value),
        _ => throw new InvalidOperationException($"Unknown engine {database.Value.Provider}."),
    };

    internal static string SqliteConnectionString(DatabaseOptions database, DataFolder folder)
    {
        var builder = new SqliteConnectionStringBuilder(database.ConnectionString ?? "Data Source=directory.db") { ForeignKeys = true };
        builder.DataSource = Path.GetFullPath(builder.DataSource, folder.Path);
        return builder.ConnectionString;
    }

    private static DbContextOptionsBuilder<TContext> Configure<TContext>(DbContextOptionsBuilder<TContext> builder, ILoggerFactory loggers, IInterceptor[] interceptors)
        where TContext : DbContext
    {
        builder.UseLoggerFactory(loggers);
        builder.AddInterceptors(interceptors);

        // Each statement at Information would drown the few lines that matter; failures are logged by whoever sees the exception.
        builder.ConfigureWarnings(warnings => warnings
            .Log((RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        return builder;
    }
}
