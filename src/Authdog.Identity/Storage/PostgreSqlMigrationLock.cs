using Npgsql;

namespace Authdog.Identity.Storage;

/// <summary>An advisory lock on a connection of its own: gone when the process or its connection is.</summary>
internal static class PostgreSqlMigrationLock
{
    // "authdog" in ASCII; any fixed number does.
    private const long Key = 0x61757468646F67;

    public static async Task<IAsyncDisposable> TakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
            command.Parameters.AddWithValue("key", Key);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
