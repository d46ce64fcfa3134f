namespace Authdog.Identity.Admission;

/// <summary>A slot of <see cref="PageSlots"/>: given back when the answer is sent, when the request begins to wait for something, and at the latest after a moment, since whoever waits takes no processor time.</summary>
internal sealed class PageSlot : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(100);

    private readonly IDisposable _lease;
    private readonly ITimer _timer;
    private int _returned;

    public PageSlot(IDisposable lease, TimeProvider time)
    {
        _lease = lease;
        _timer = time.CreateTimer(static slot => ((PageSlot)slot!).Dispose(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(s_longest, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
        {
            _timer.Dispose();
            _lease.Dispose();
        }
    }
}
