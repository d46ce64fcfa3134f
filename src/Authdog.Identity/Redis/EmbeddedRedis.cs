using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Redis;

/// <summary>The embedded store of a data folder. The process that holds the folder's lock file runs it; others (shell commands) join it, and take over when that process ends.</summary>
internal sealed class EmbeddedRedis : IDisposable
{
    private const int LongestSocketPath = 100;
    private readonly string _folder;
    private readonly int _memory;
    private readonly ILogger _logger;
    private FileStream? _lock;
    private EmbeddedRedisServer? _server;

    public EmbeddedRedis(DataFolder data, IOptions<RedisOptions> options, ILogger<EmbeddedRedis> logger)
    {
        _folder = Path.Combine(data.Path, "redis");
        _memory = options.Value.EmbeddedMemory;
        _logger = logger;
        Socket = SocketPath(_folder);
    }

    /// <summary>Path of the unix socket.</summary>
    public string Socket { get; }

    /// <summary>Whether this process runs the store.</summary>
    public bool IsOwner => _server is not null;

    /// <summary>How far the store's log has grown; null when another process runs it.</summary>
    public long? Tail() => _server?.Tail();

    /// <summary>Waits until what was written before survives the end of this process; false when another process runs the store.</summary>
    public async Task<bool> TryCommitAsync()
    {
        if (_server is not { } server)
        {
            return false;
        }

        await server.CommitAsync();
        return true;
    }

    /// <summary>Runs the store here unless another process does.</summary>
    /// <exception cref="OperatorMistakeException">The folder or its files cannot be used.</exception>
    public bool TryOwn()
    {
        if (_server is not null)
        {
            return true;
        }

        DataFolder.Ensure(Path.GetDirectoryName(_folder)!);
        DataFolder.Ensure(_folder);
        DataFolder.Ensure(Path.GetDirectoryName(Socket)!);
        _lock ??= TryLock(Path.Combine(_folder, "lock"));
        if (_lock is null)
        {
            return false;
        }

        // A damaged append-only file can end the process from native reads, where nothing can be caught: the next start says what to do.
        var starting = Path.Combine(_folder, "starting");
        if (File.Exists(starting))
        {
            RedisLog.StartDied(_logger, _folder);
        }

        try
        {
            File.WriteAllText(starting, string.Empty);
            _server = EmbeddedRedisServer.Start(_folder, Socket, _memory);
            File.Delete(starting);
        }
        catch
        {
            _lock.Dispose();
            _lock = null;
            throw;
        }

        RedisLog.EmbeddedStarted(_logger, _folder);
        return true;
    }

    public UnixDomainSocketEndPoint EndPoint() => new(Socket);

    public void Dispose()
    {
        _server?.Dispose();
        _server = null;
        _lock?.Dispose();
        _lock = null;
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = DataFolder.OwnerOnlyFile;
            }

            return new FileStream(path, options);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OperatorMistakeException("AG3212", path, $"the lock file cannot be opened: {e.Message}", "Let the gateway's OS user own the data folder, or name another in Gateway:DataPath.", e);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The socket lives in the store's folder; where that path is too long for a socket address (108 bytes), in a private folder that is named after it.</summary>
    private static string SocketPath(string folder)
    {
        var path = Path.Combine(folder, "store.sock");
        if (Encoding.UTF8.GetByteCount(path) <= LongestSocketPath)
        {
            return path;
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..24];
        return Path.Combine(Path.GetTempPath(), $"authdog-{Environment.UserName}-{name}", "store.sock");
    }
}
