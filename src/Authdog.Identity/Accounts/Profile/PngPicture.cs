using System.Buffers.Binary;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>PNG (W3C, third edition): chunk by chunk, with its checksums.</summary>
internal static class PngPicture
{
    private const int ChunkOverhead = 12;
    private static readonly uint[] s_crc = Table();

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture without other chunks than those that draw it; null when it is no whole PNG.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            return null;
        }

        using var cleaned = new MemoryStream(file.Length);
        cleaned.Write(Signature);
        var hasContent = false;
        for (var at = Signature.Length; file.Length - at >= ChunkOverhead;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - ChunkOverhead)
            {
                return null;
            }

            var chunk = file.Slice(at, ChunkOverhead + (int)length);
            var type = chunk.Slice(4, 4);
            var isFirst = at == Signature.Length;
            if (BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]) != Crc(chunk[4..^4]) || isFirst != type.SequenceEqual("IHDR"u8) || (isFirst && !IsHeader(chunk[8..^4])))
            {
                return null;
            }

            at += chunk.Length;
            hasContent |= type.SequenceEqual("IDAT"u8);
            if (type.SequenceEqual("IEND"u8))
            {
                cleaned.Write(chunk);
                return hasContent && length == 0 && at == file.Length ? cleaned.ToArray() : null;
            }

            if (Draws(type))
            {
                cleaned.Write(chunk);
            }
            else if ((type[0] & 0x20) == 0)
            {
                // Unknown and marked as critical: nobody can say what it draws.
                return null;
            }
        }

        return null;
    }

    private static bool Draws(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("sRGB"u8);

    private static bool IsHeader(ReadOnlySpan<byte> header) =>
        header.Length == 13
        && PictureFile.IsSize(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]))
        && header[8] is 1 or 2 or 4 or 8 or 16
        && header[9] is 0 or 2 or 3 or 4 or 6
        && header[10] == 0 && header[11] == 0 && header[12] is 0 or 1;

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = s_crc[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var n = 0u; n < table.Length; n++)
        {
            var value = n;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            table[n] = value;
        }

        return table;
    }
}
