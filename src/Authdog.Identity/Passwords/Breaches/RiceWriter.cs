namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Writes bits, first to last, to a stream: Rice codes with a fixed parameter.</summary>
internal sealed class RiceWriter(Stream output, int bits)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _count;
    private int _open;
    private int _filled;

    /// <summary>Bits so far.</summary>
    public ulong Position { get; private set; }

    /// <summary>Writes a value: its high part in ones and a zero, its low part in so many bits.</summary>
    public void Write(ulong value)
    {
        for (var high = value >> bits; high > 0; high--)
        {
            Bit(1);
        }

        Bit(0);
        for (var i = bits - 1; i >= 0; i--)
        {
            Bit((int)(value >> i) & 1);
        }
    }

    /// <summary>Fills the last byte and writes what is left.</summary>
    public void Finish()
    {
        while (_filled > 0)
        {
            Bit(0);
        }

        output.Write(_buffer, 0, _count);
        _count = 0;
    }

    private void Bit(int bit)
    {
        _open = (_open << 1) | bit;
        Position++;
        if (++_filled < 8)
        {
            return;
        }

        _buffer[_count++] = (byte)_open;
        (_open, _filled) = (0, 0);
        if (_count == _buffer.Length)
        {
            output.Write(_buffer);
            _count = 0;
        }
    }
}
