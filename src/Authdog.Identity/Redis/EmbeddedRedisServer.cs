using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Authdog.Identity.Storage;
using Garnet;
using Garnet.common;

namespace Authdog.Identity.Redis;

/// <summary>Garnet inside this process, listening on a unix socket that only this OS user can open.</summary>
/// <remarks>
/// A write waits for the append-only file in <see cref="CommitAsync"/>, once for an operation and for all operations that wait at the same time. Garnet's own
/// <c>--aof-commit-wait</c> waits in its network thread, and once for each call within a script: measured, that took a third of a sign-in's processor time.
/// When that file passes its limit a checkpoint is taken and its old segments are deleted; recovery is checkpoint plus the file's rest.
/// </remarks>
internal sealed class EmbeddedRedisServer : IDisposable
{
    /// <summary>Milliseconds after which the file has what nobody waits for, too.</summary>
    private const string LooseForAtMost = "20";

    private readonly GarnetServer _server;
    private readonly Lock _committing = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    private EmbeddedRedisServer(GarnetServer server) => _server = server;

    public static EmbeddedRedisServer Start(string folder, string socket, int memoryMiB)
    {
        File.Delete(socket);
        GarnetServer? server = null;
        try
        {
            server = new GarnetServer(Arguments(folder, socket, memoryMiB), loggerFactory: null);
            server.Start();
            return new EmbeddedRedisServer(server);
        }
        catch (Exception e)
        {
            server?.Dispose();
            throw new OperatorMistakeException(
                "AG3211",
                folder,
                $"the embedded store cannot start from its files: {e.Message}",
                "Free disk space or restore the folder from a backup; to begin empty (everybody signs in again), move it away.",
                e);
        }
    }

    /// <summary>How far the store's log has grown, in bytes.</summary>
    public long Tail()
    {
        foreach (var item in _server.Metrics.GetInfoMetrics(InfoMetricsType.STORE, dbId: 0))
        {
            if (item.Name.EndsWith("Log.TailAddress", StringComparison.Ordinal) && long.TryParse(item.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var tail))
            {
                return tail;
            }
        }

        throw new InvalidOperationException("The embedded store does not say how long its log is.");
    }

    /// <summary>Done when the file has all that was written before: from then on it survives <c>kill -9</c>.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written.</exception>
    public Task CommitAsync()
    {
        lock (_committing)
        {
            // What runs may have begun before the caller's write: only the next one has it for sure, and takes all who came meanwhile.
            return _running.IsCompleted ? _running = WriteAsync() : _next ??= AfterAsync(_running);
        }
    }

    public void Dispose() => _server.Dispose();

    private async Task AfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task mine;
        lock (_committing)
        {
            (_running, _next) = (mine = WriteAsync(), null);
        }

        await mine;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Rethrown as one type; none is swallowed.")]
    private async Task WriteAsync()
    {
        try
        {
            await _server.Store.CommitAOFAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            throw new StoreUnavailableException("The embedded store cannot write its append-only file.", e);
        }
    }

    private static string[] Arguments(string folder, string socket, int memoryMiB) =>
    [
        "--port", "0",
        "--unixsocket", socket,
        "--unixsocketperm", "600",
        "--device-type", "RandomAccess",
        "--memory", memoryMiB.ToString(CultureInfo.InvariantCulture) + "m",
        "--page", "1m",
        "--segment", "32m",
        "--index", "1m",
        "--index-max-size", "64m",
        // Half of the log stays read-only, so that EmbeddedRedisKeeper's writes move old records to its end.
        "--mutable-percent", "50",
        "--aof",
        "--aof-memory", "16m",
        "--aof-page-size", "4m",
        "--aof-segment-size", "16m",
        "--aof-commit-freq", LooseForAtMost,
        "--aof-size-limit", "32m",
        "--aof-size-limit-enforce-frequency", "5",
        "--expired-key-deletion-scan-freq", "60",
        "--recover",
        "--checkpointdir", folder,
        // A script is one transaction: all of it is stored or nothing.
        "--lua",
        "--lua-transaction-mode",
        "--disable-console-logger",
        "-q",
    ];
}
