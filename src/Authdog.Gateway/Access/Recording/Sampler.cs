using System.Security.Cryptography;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Chooses a share of what passes, at the price of a few instructions. Nobody's secret depends on it.</summary>
internal sealed class Sampler(double share)
{
    [ThreadStatic]
    private static ulong s_state;

    private readonly ulong _limit = share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue);

    /// <summary>For how many a chosen one stands.</summary>
    public double Weight { get; } = share > 0 ? 1 / share : 0;

    /// <summary>Whether this one is chosen.</summary>
    public bool Take()
    {
        if (_limit == 0)
        {
            return false;
        }

        // xorshift64 (Marsaglia): each thread its own sequence, without a lock.
        var state = s_state;
        if (state == 0)
        {
            Span<byte> seed = stackalloc byte[8];
            RandomNumberGenerator.Fill(seed);
            state = BitConverter.ToUInt64(seed) | 1;
        }

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        s_state = state;
        return state <= _limit;
    }
}
