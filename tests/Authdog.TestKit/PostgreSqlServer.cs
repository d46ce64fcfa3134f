using System.Diagnostics;
using Npgsql;

namespace Authdog.TestKit;

/// <summary>A real PostgreSQL for the test process: one cluster in a temporary folder, on a unix socket only, started on first use.</summary>
/// <remarks>Its shell waits on a pipe from this process. However this process ends, the pipe closes, and the server is stopped and its folder removed.</remarks>
public sealed class PostgreSqlServer
{
    // PostgreSQL does not run as root; Debian's package made the user.
    private const string Script = """
        set -eu
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
        PATH=$bin:$PATH
        umask 077
        cd /tmp
        dir=$(mktemp -d /tmp/authdog-pg.XXXXXX)
        trap 'rm -rf "$dir"' EXIT
        trap '' INT TERM HUP
        initdb -D "$dir/data" -U authdog -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
        chmod 755 "$dir"
        postgres -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
          -c shared_buffers=32MB -c max_connections=200 -c unix_socket_permissions=0777 >>"$dir/log" 2>&1 </dev/null &
        server=$!
        for try in $(seq 1 200); do
          pg_isready -q -h "$dir" -U authdog && break
          kill -0 $server 2>/dev/null || { cat "$dir/log"; exit 1; }
          sleep 0.05
        done
        echo "ready $dir"
        cat >/dev/null || true
        kill -INT $server 2>/dev/null || true
        wait $server || true
        """;

    // Begun by the first use of the class, not before.
    private static readonly Task<PostgreSqlServer> s_shared = StartAsync();

    private readonly string _socketFolder;
    private readonly Process _shell;
    private int _databases;

    private PostgreSqlServer(Process shell, string socketFolder)
    {
        _shell = shell;
        _socketFolder = socketFolder;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    /// <summary>The test run's server.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => s_shared;

    /// <summary>A new, empty database; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name} STRATEGY file_copy";
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name, pooling: true);
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var asRoot = Environment.UserName == "root";
        var start = new ProcessStartInfo(asRoot ? "setpriv" : "sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments = asRoot ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh", "-c", Script] : ["-c", Script];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var shell = Process.Start(start) ?? throw new InvalidOperationException("No shell for PostgreSQL.");

        var said = new List<string>();
        while (await shell.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                return new PostgreSqlServer(shell, line["ready ".Length..]);
            }

            said.Add(line);
        }

        throw new InvalidOperationException($"PostgreSQL did not start (Debian: apt-get install postgresql). {string.Join('\n', said)}");
    }

    // Pooled connections of databases that nobody uses any more are given up soon: the cluster has 200.
    private string ConnectionString(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Username = "authdog",
        Database = database,
        Pooling = pooling,
        MaxPoolSize = 20,
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 1,
        IncludeErrorDetail = true,
    }.ConnectionString;

    private void Stop()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(TimeSpan.FromSeconds(10));
    }
}
