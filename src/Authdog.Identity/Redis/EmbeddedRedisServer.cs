using System.Globalization;
using Authdog.Identity.Storage;
using Garnet;
using Garnet.common;

namespace Authdog.Identity.Redis;

/// <summary>Garnet inside this process, listening on a unix socket that only this OS user can open.</summary>
/// <remarks>
/// <c>--aof-commit-wait</c> answers a write only when the append-only file has it (0.1 ms on a laptop's disk), so what was answered survives <c>kill -9</c>.
/// When that file passes its limit a checkpoint is taken and its old segments are deleted; recovery is checkpoint plus the file's rest.
/// </remarks>
internal sealed class EmbeddedRedisServer : IDisposable
{
    private readonly GarnetServer _server;

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

    public void Dispose() => _server.Dispose();

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
        "--aof-commit-wait",
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
