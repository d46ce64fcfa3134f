using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Storage;

/// <summary>Brings the directory's schema up to date, or says that it is not.</summary>
public sealed class DirectoryMigrator
{
    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly DatabaseOptions _database;
    private readonly ILogger<DirectoryMigrator> _logger;

    /// <summary>For dependency injection.</summary>
    public DirectoryMigrator(IDbContextFactory<DirectoryContext> contexts, IOptions<DatabaseOptions> database, ILogger<DirectoryMigrator> logger)
    {
        _contexts = contexts;
        _database = database.Value;
        _logger = logger;
    }

    private bool IsSqlite => _database.Provider is DatabaseProvider.Sqlite;

    /// <summary>What <c>serve</c> calls before anything reads the directory: SQLite is migrated, an out-of-date PostgreSQL refused.</summary>
    /// <exception cref="OperatorMistakeException">AG3002 out of date, AG3003 newer than this program, AG3004 unusable.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (IsSqlite)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        await RefuseOutdatedAsync(cancellationToken);
    }

    /// <summary>For who only reads: changes nothing, and makes no file.</summary>
    /// <returns>Whether there is a directory.</returns>
    /// <exception cref="OperatorMistakeException">AG3002 out of date, AG3003 newer than this program, AG3004 unusable.</exception>
    public async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        await using (var context = _contexts.CreateDbContext())
        {
            if (IsSqlite && !File.Exists(context.Database.GetDbConnection().DataSource))
            {
                return false;
            }
        }

        await RefuseOutdatedAsync(cancellationToken);
        return true;
    }

    /// <summary>Applies what is missing and returns the names of the migrations. Of several callers at once, on any machine, one does it and the others wait.</summary>
    /// <exception cref="OperatorMistakeException">AG3003 newer than this program, AG3004 unusable.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = _contexts.CreateDbContext();
        return await UsableAsync(context, async () =>
        {
            await using var migrationLock = IsSqlite
                ? await SqliteMigrationLock.TakeAsync(new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource, cancellationToken)
                : await PostgreSqlMigrationLock.TakeAsync(context.Database.GetConnectionString()!, cancellationToken);

            var pending = await PendingAsync(context, cancellationToken);
            if (pending.Count > 0)
            {
                if (IsSqlite)
                {
                    await RemoveAbandonedLockAsync(context, cancellationToken);
                }

                await context.Database.MigrateAsync(cancellationToken);
                StorageLog.Migrated(_logger, string.Join(", ", pending));
            }

            return pending;
        });
    }

    private async Task RefuseOutdatedAsync(CancellationToken cancellationToken)
    {
        await using var context = _contexts.CreateDbContext();
        var pending = await UsableAsync(context, () => PendingAsync(context, cancellationToken));
        if (pending.Count > 0)
        {
            throw new OperatorMistakeException("AG3002", Place(context), $"the schema is out of date, {pending.Count} migrations are missing (first: {pending[0]}).", "Run `db migrate` with this configuration.");
        }
    }

    private static async Task<IReadOnlyList<string>> PendingAsync(DirectoryContext context, CancellationToken cancellationToken)
    {
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var known = context.Database.GetMigrations().ToList();
        return applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } unknown
            ? throw new OperatorMistakeException("AG3003", Place(context), $"the schema was made by a newer version of this program ({unknown}).", "Run that version, or restore a backup made before the upgrade.")
            : known.Except(applied, StringComparer.Ordinal).ToList();
    }

    // EF Core's own lock is a row that outlives a killed process, and whoever comes next would wait for ever.
    // Here the file lock is already held, so any such row is left over.
    private async Task RemoveAbandonedLockAsync(DirectoryContext context, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
        if (rows > 0 && await context.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken) > 0)
        {
            StorageLog.LockRemoved(_logger);
        }
    }

    private async Task<T> UsableAsync<T>(DirectoryContext context, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException || (e is InvalidOperationException && e.InnerException is DbException))
        {
            throw new OperatorMistakeException("AG3004", Place(context), $"the directory database cannot be used: {(e as DbException ?? e.InnerException ?? e).Message}", IsSqlite
                ? "Check that the file is a SQLite database which the gateway's OS user may read and write, in a folder where it may make files; restore a backup if it is damaged."
                : "Check Database:ConnectionString, and that the server runs and lets this user in.", e);
        }
    }

    private static string Place(DirectoryContext context)
    {
        var connection = context.Database.GetDbConnection();
        return connection is SqliteConnection ? connection.DataSource : $"{connection.DataSource}/{connection.Database}";
    }
}
