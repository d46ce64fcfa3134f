namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>How many scored requests a client network has sent within the minute, on this node. A table of fixed size: two networks in one place count together, which takes some thousands of them at once.</summary>
internal sealed class ClientRates(TimeProvider time)
{
    private const int Places = 1 << 14;
    private readonly long[] _places = new long[Places];

    /// <summary>Counts one request, and returns the count.</summary>
    public int Count(string network)
    {
        // The minute in the upper half, the count in the lower.
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        ref var place = ref _places[(uint)string.GetHashCode(network, StringComparison.Ordinal) % Places];
        while (true)
        {
            var before = Volatile.Read(ref place);
            var after = before >> 32 == minute ? before + 1 : (minute << 32) | 1;
            if (Interlocked.CompareExchange(ref place, after, before) == before)
            {
                return (int)(after & 0x7fffffff);
            }
        }
    }
}
