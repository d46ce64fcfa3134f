using System.Threading.RateLimiting;

namespace Authdog.Identity.Admission;

/// <summary>
/// How many pages and forms of people without a session are worked on at once; others wait for theirs in the order in which they came. A rush on the
/// sign-in would otherwise put hundreds of half-done pages before each step of the traffic of who is signed in (I14).
/// </summary>
internal sealed class PageSlots(TimeProvider time) : IDisposable
{
    // Requests that wait keep little more than their connection.
    private const int Waiting = 10_000;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a slot; null when too many wait already.</summary>
    public async ValueTask<PageSlot?> EnterAsync(CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired ? new PageSlot(lease, time) : null;
    }

    public void Dispose() => _limiter.Dispose();
}
