using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Redis.Rates;

/// <summary>The limits of how often something may be done, counted for all nodes together in the shared store; while that is away, by this node alone, with its share of each limit.</summary>
/// <remarks>A limit that cannot be counted neither refuses everybody nor lets everything through; whether a request needs the store for more than that is decided where it does.</remarks>
public sealed class RateLimits
{
    // One request in so long finds out whether the store is back; all others do not wait for it.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly RedisConnection _redis;
    private readonly RateMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LocalRates _local;
    private long _askAgainAt;

    internal RateLimits(RedisConnection redis, RateMetrics metrics, IOptions<RateOptions> options, TimeProvider time, ILogger<RateLimits> logger)
    {
        (_redis, _metrics, _time, _logger) = (redis, metrics, time, logger);
        _local = new LocalRates(options.Value.LocalShare);
    }

    /// <summary>This node begins to count alone (true), or counts with the others again (false): once for each outage, however many requests meet it.</summary>
    internal event Action<bool>? WentLocal;

    /// <summary>Whether this node counts alone now.</summary>
    public bool IsLocal => Volatile.Read(ref _askAgainAt) != 0;

    /// <summary>Takes one permit of each limit, or none of any: one atomic step and one round trip, however many limits there are.</summary>
    public Task<RateVerdict> TakeAsync(IReadOnlyList<RateAsk> asks, CancellationToken cancellationToken) => RunAsync(asks, 1, cancellationToken);

    /// <summary>Looks how limits stand and takes nothing.</summary>
    public Task<RateVerdict> ReadAsync(IReadOnlyList<RateAsk> asks, CancellationToken cancellationToken) => RunAsync(asks, 0, cancellationToken);

    /// <summary>Gives one permit of each limit back, never more than were taken.</summary>
    public Task<RateVerdict> GiveBackAsync(IReadOnlyList<RateAsk> asks, CancellationToken cancellationToken) => RunAsync(asks, -1, cancellationToken);

    /// <summary>Gives all permits of each limit back.</summary>
    public async Task ForgetAsync(IReadOnlyList<RateAsk> asks, CancellationToken cancellationToken)
    {
        _local.Forget(asks);
        try
        {
            await _redis.RunLooseAsync(database => database.KeyDeleteAsync([.. asks.Select(RateScript.Key)]), cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            // What is held against somebody too long is given back with time.
            GoLocal(e);
        }
    }

    private async Task<RateVerdict> RunAsync(IReadOnlyList<RateAsk> asks, int cost, CancellationToken cancellationToken)
    {
        if (asks.Count == 0)
        {
            return RateVerdict.Free;
        }

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!MayAskStore(now))
        {
            return _local.Run(asks, cost, now);
        }

        try
        {
            _metrics.Asked();
            var verdict = await _redis.RunLooseAsync(database => RateScript.RunAsync(database, asks, cost, now), cancellationToken);
            ComeBack();
            return verdict;
        }
        catch (StoreUnavailableException e)
        {
            GoLocal(e);
            return _local.Run(asks, cost, now);
        }
    }

    private bool MayAskStore(long now)
    {
        var again = Volatile.Read(ref _askAgainAt);
        return again == 0 || (now >= again && Interlocked.CompareExchange(ref _askAgainAt, now + (long)s_pause.TotalMilliseconds, again) == again);
    }

    private void GoLocal(StoreUnavailableException reason)
    {
        var again = _time.GetUtcNow().Add(s_pause).ToUnixTimeMilliseconds();
        if (Interlocked.Exchange(ref _askAgainAt, again) == 0)
        {
            _metrics.WentLocal();
            RatesLog.WentLocal(_logger, reason.Message);
            WentLocal?.Invoke(true);
        }
    }

    private void ComeBack()
    {
        if (Volatile.Read(ref _askAgainAt) != 0 && Interlocked.Exchange(ref _askAgainAt, 0) != 0)
        {
            _local.Clear();
            _metrics.CameBack();
            RatesLog.CameBack(_logger);
            WentLocal?.Invoke(false);
        }
    }
}
