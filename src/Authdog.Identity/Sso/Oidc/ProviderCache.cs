using System.Diagnostics.CodeAnalysis;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Something of a provider that is read when it is needed: once for all who wait, kept for a while, and served on when the provider is away.</summary>
/// <typeparam name="T">What is read.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody takes holds nothing to let go of.")]
internal sealed class ProviderCache<T>(Func<CancellationToken, Task<T>> read, TimeSpan fresh, TimeSpan usable, TimeProvider time)
    where T : class
{
    // A provider that is down is not asked by every login of a rush.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Kept? _kept;
    private volatile Failure? _failure;
    private long _lookedAt;

    /// <summary>The value, read anew when it is due.</summary>
    /// <exception cref="ExternalFailureException">It cannot be read, and is not known or too old.</exception>
    public async Task<T> GetAsync(CancellationToken cancellationToken) =>
        _kept is { } kept && Age(kept.At) < fresh ? kept.Value : await ReadAsync(_kept, cancellationToken);

    /// <summary>The value, read anew unless that was just done: what was expected is not in it. Of all who ask at once, one reads.</summary>
    public async Task<T> AgainAsync(T seen, TimeSpan pause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        var last = Interlocked.Read(ref _lookedAt);
        return _kept is { } kept && (!ReferenceEquals(kept.Value, seen) || now - last < pause.Ticks || Interlocked.CompareExchange(ref _lookedAt, now, last) != last)
            ? await GetAsync(cancellationToken)
            : await ReadAsync(_kept, cancellationToken);
    }

    private TimeSpan Age(DateTimeOffset at) => time.GetUtcNow() - at;

    private async Task<T> ReadAsync(Kept? seen, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_kept is { } done && !ReferenceEquals(done, seen))
            {
                return done.Value;
            }

            if (_failure is { } last && Age(last.At) < s_rest)
            {
                return Usable(seen) ?? throw new ExternalFailureException(last.Exception.Refusal, last.Exception.Message, last.Exception.Fault);
            }

            // Not the caller's token: others wait for this, and it is bounded by itself.
            var value = await read(CancellationToken.None);
            _kept = new Kept(value, time.GetUtcNow());
            _failure = null;
            return value;
        }
        catch (ExternalFailureException exception)
        {
            _failure ??= new Failure(exception, time.GetUtcNow());
            if (Age(_failure.At) >= s_rest)
            {
                _failure = new Failure(exception, time.GetUtcNow());
            }

            if (Usable(seen) is { } served)
            {
                return served;
            }

            throw;
        }
        finally
        {
            _reading.Release();
        }
    }

    private T? Usable(Kept? seen) => seen is not null && Age(seen.At) < usable ? seen.Value : null;

    private sealed record Kept(T Value, DateTimeOffset At);

    private sealed record Failure(ExternalFailureException Exception, DateTimeOffset At);
}
