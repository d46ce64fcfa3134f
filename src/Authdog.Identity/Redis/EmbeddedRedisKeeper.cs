using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Keeps live records from falling off the end of Garnet's log, however fast it grows and however late this process gets its turn.</summary>
/// <remarks>
/// Garnet's memory is a log: new records go to its tail, and without a disk tier what reaches its far end is gone, live or not. Measured: 2,000
/// idle sessions were lost under a flood of short-lived records (an attacker needs no more than the login page, B18). Each time the log has
/// grown by a fifth of its size, every record that has a minute or more to live is written again in place of itself, which moves it to the tail.
/// The disk tier was measured too: its compaction stalled all commands for more than five seconds.
/// <para>
/// Growth is looked at by the operations themselves, not by a clock, which a machine without time to spare lets go by; and while the keeper is two
/// fifths behind, each operation waits until it has got on by one batch. What is written meanwhile is bounded by how many operations run at once.
/// </para>
/// </remarks>
/// <param name="multiplexer">The connection.</param>
/// <param name="endPoint">The embedded store.</param>
/// <param name="tail">How far its log has grown; null while another process runs it.</param>
/// <param name="memoryMiB">Its size.</param>
/// <param name="logger">The log.</param>
internal sealed class EmbeddedRedisKeeper(IConnectionMultiplexer multiplexer, EndPoint endPoint, Func<long?> tail, int memoryMiB, ILogger logger) : IDisposable
{
    private const int Batch = 256;

    // Of operations of a few kilobytes each, too few to matter between two looks.
    private const uint OperationsForALook = 32;
    private static readonly TimeSpan s_shortLived = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly long _step = memoryMiB * 1024L * 1024L / 5;
    private TaskCompletionSource _progress = New();
    private long _keptAt = tail() ?? 0;
    private uint _operations;
    private int _isWanted;
    private volatile bool _isBehind;

    /// <summary>Done at once, or when the keeper has got on: every operation passes here.</summary>
    public Task RoomAsync()
    {
        if (Interlocked.Increment(ref _operations) % OperationsForALook == 0)
        {
            Look();
        }

        // In this order: what was read before the keeper said that it is no longer behind, it ends after that.
        var progress = Volatile.Read(ref _progress);
        return _isBehind ? progress.Task : Task.CompletedTask;
    }

    /// <summary>Waits until there may be something to keep, or for so long.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _wanted.WaitAsync(most, cancellationToken);

    /// <summary>Moves what lives to the tail, if the log has grown by a fifth since that was done last.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isWanted, 0);
        if (tail() is not { } begun || begun - Volatile.Read(ref _keptAt) < _step)
        {
            return;
        }

        var database = multiplexer.GetDatabase();
        var kept = 0;
        var batch = new List<Task<bool>>(Batch);
        await foreach (var key in multiplexer.GetServer(endPoint).KeysAsync(pageSize: 1000).WithCancellation(cancellationToken))
        {
            batch.Add(RewriteAsync(database, key));
            if (batch.Count == Batch)
            {
                kept += (await Task.WhenAll(batch)).Count(written => written);
                batch.Clear();
                GetOn();
            }
        }

        kept += (await Task.WhenAll(batch)).Count(written => written);
        Volatile.Write(ref _keptAt, begun);
        _isBehind = false;
        GetOn();
        RedisLog.Kept(logger, kept);
    }

    public void Dispose() => _wanted.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Setting the lifetime to what it is neither revives a record that ended meanwhile nor changes its content.
    private static async Task<bool> RewriteAsync(IDatabase database, RedisKey key) =>
        await database.KeyTimeToLiveAsync(key) is { } left && left >= s_shortLived && await database.KeyExpireAsync(key, left);

    private void Look()
    {
        var kept = Volatile.Read(ref _keptAt);
        if (tail() is not { } now || now - kept < _step)
        {
            return;
        }

        if (now - kept >= 2 * _step)
        {
            _isBehind = true;

            // Kept meanwhile: nobody would say so again.
            if (Volatile.Read(ref _keptAt) != kept)
            {
                _isBehind = false;
                GetOn();
            }
        }

        if (Interlocked.Exchange(ref _isWanted, 1) == 0)
        {
            _wanted.Release();
        }
    }

    private void GetOn() => Interlocked.Exchange(ref _progress, New()).TrySetResult();
}
