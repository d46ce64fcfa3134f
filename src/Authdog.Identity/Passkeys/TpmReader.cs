using System.Buffers.Binary;

namespace Authdog.Identity.Passkeys;

/// <summary>Reads structures of a TPM (TPM 2.0 Library, part 2): big-endian numbers, and sized buffers. It never reads beyond the end.</summary>
internal ref struct TpmReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything was there so far.</summary>
    public bool Succeeded { get; private set; } = true;

    /// <summary>Whether everything was there, and nothing is left.</summary>
    public readonly bool IsAtEnd => Succeeded && _rest.IsEmpty;

    public ushort ReadUInt16() => Take(sizeof(ushort)) is { Length: sizeof(ushort) } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : (ushort)0;

    public uint ReadUInt32() => Take(sizeof(uint)) is { Length: sizeof(uint) } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    public void Skip(int count) => Take(count);

    /// <summary>A TPM2B: two bytes of length, then as many bytes.</summary>
    public ReadOnlySpan<byte> ReadSized() => Take(ReadUInt16());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Succeeded = false;
            _rest = default;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
