using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Keeps live records from falling off the end of Garnet's log.</summary>
/// <remarks>
/// Garnet's memory is a log: new records go to its tail, and without a disk tier what reaches its far end is gone, live or not. Measured: 2,000
/// idle sessions were lost under a flood of short-lived records (an attacker needs no more than the login page, B18). Each time the log has
/// grown by a fifth of its size, every record that has a minute or more to live is written again in place of itself, which moves it to the tail.
/// The disk tier was measured too: its compaction stalled all commands for more than five seconds.
/// </remarks>
internal sealed class EmbeddedRedisKeeper(IConnectionMultiplexer multiplexer, EndPoint endPoint, int memoryMiB, ILogger logger)
{
    private static readonly TimeSpan s_shortLived = TimeSpan.FromMinutes(1);
    private readonly long _step = memoryMiB * 1024L * 1024L / 5;
    private long? _lastTail;

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var tail = await TailAsync();
        _lastTail ??= tail;
        if (tail - _lastTail < _step)
        {
            return;
        }

        _lastTail = tail;
        var database = multiplexer.GetDatabase();
        var kept = 0;
        var batch = new List<Task<bool>>(256);
        await foreach (var key in multiplexer.GetServer(endPoint).KeysAsync(pageSize: 1000).WithCancellation(cancellationToken))
        {
            batch.Add(RewriteAsync(database, key));
            if (batch.Count == 256)
            {
                kept += (await Task.WhenAll(batch)).Count(written => written);
                batch.Clear();
            }
        }

        kept += (await Task.WhenAll(batch)).Count(written => written);
        RedisLog.Kept(logger, kept);
    }

    // Setting the lifetime to what it is neither revives a record that ended meanwhile nor changes its content.
    private static async Task<bool> RewriteAsync(IDatabase database, RedisKey key) =>
        await database.KeyTimeToLiveAsync(key) is { } left && left >= s_shortLived && await database.KeyExpireAsync(key, left);

    private async Task<long> TailAsync()
    {
        foreach (var section in await multiplexer.GetServer(endPoint).InfoAsync("STORE"))
        {
            foreach (var (name, value) in section)
            {
                if (name.EndsWith("Log.TailAddress", StringComparison.Ordinal)
                    && long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var tail))
                {
                    return tail;
                }
            }
        }

        throw new InvalidOperationException("The embedded store does not say how long its log is.");
    }
}
