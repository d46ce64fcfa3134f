namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>Repeatable numbers for mutations (xorshift).</summary>
internal sealed class FuzzRandom(int seed)
{
    private ulong _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) | 1;

    public int Next(int bound)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)(_state % (ulong)bound);
    }
}
