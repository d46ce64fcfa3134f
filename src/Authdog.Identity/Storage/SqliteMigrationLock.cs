using Microsoft.Data.Sqlite;

namespace Authdog.Identity.Storage;

/// <summary>An exclusive lock on a file beside the database; the operating system lets go of it when the process dies. Makes folder and database file, readable by their owner alone.</summary>
internal static class SqliteMigrationLock
{
    public static async Task<IAsyncDisposable> TakeAsync(string database, CancellationToken cancellationToken)
    {
        DataFolder.Ensure(Path.GetDirectoryName(database)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DataFolder.OwnerOnlyFile;
        }

        var held = await OpenAsync(database + ".migrating", options, cancellationToken);
        if (!File.Exists(database))
        {
            // SQLite makes its files with the umask's mode; -wal and -shm take after the database file.
            await using (new FileStream(database, DataFolder.NewPrivateFile()))
            {
            }

            await UseWriteAheadLogAsync(database, cancellationToken);
        }

        return held;
    }

    private static async Task<FileStream> OpenAsync(string path, FileStreamOptions options, CancellationToken cancellationToken)
    {
        // Another process may be at it; what does not clear in a minute is no lock but a folder that cannot be written.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < 1200)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    private static async Task UseWriteAheadLogAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
