using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Authdog.Identity.Identifiers;

/// <summary>Makes UUIDs of version 7 that are in the order in which they were asked for, also within one millisecond (RFC 9562, section 6.2, method 1: 12 bits of counter, then 62 random ones).</summary>
/// <remarks>A clock that goes back does not take the order with it: the last millisecond goes on until the clock has passed it.</remarks>
internal sealed class OrderedGuids
{
    private const int CounterLimit = 1 << 12;

    private readonly Lock _lock = new();
    private long _milliseconds;
    private int _counter;

    /// <summary>The next id.</summary>
    public Guid Next(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id[8..]);
        var (milliseconds, counter) = Advance(now.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(id, milliseconds << 16);
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)(0x7000 | counter));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id, bigEndian: true);
    }

    private (long Milliseconds, int Counter) Advance(long now)
    {
        lock (_lock)
        {
            if (now > _milliseconds)
            {
                (_milliseconds, _counter) = (now, 0);
            }
            else if (++_counter == CounterLimit)
            {
                (_milliseconds, _counter) = (_milliseconds + 1, 0);
            }

            return (_milliseconds, _counter);
        }
    }
}
