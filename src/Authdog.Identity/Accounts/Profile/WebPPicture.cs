using System.Buffers.Binary;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>WebP (RFC 9649): a still picture, chunk by chunk.</summary>
internal static class WebPPicture
{
    private const int Header = 12;
    private const int ChunkHeader = 8;
    private const byte AlphaFlag = 0x10;
    private const byte AnimationFlag = 0x02;

    /// <summary>The picture without metadata; null when it is no whole WebP, or moves.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        if (file.Length < Header + ChunkHeader || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) != file.Length - ChunkHeader)
        {
            return null;
        }

        using var cleaned = new MemoryStream(file.Length);
        cleaned.Write(file[..Header]);
        var hasPicture = false;
        for (var at = Header; at < file.Length;)
        {
            if (file.Length - at < ChunkHeader || BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]) is var length && length + (length & 1) > file.Length - at - ChunkHeader)
            {
                return null;
            }

            var chunk = file.Slice(at, ChunkHeader + (int)(length + (length & 1)));
            var body = chunk.Slice(ChunkHeader, (int)length);
            at += chunk.Length;
            if (chunk.StartsWith("VP8 "u8) || chunk.StartsWith("VP8L"u8))
            {
                if (hasPicture || !IsPicture(chunk[3] == 'L', body))
                {
                    return null;
                }

                hasPicture = true;
                cleaned.Write(chunk);
            }
            else if (chunk.StartsWith("VP8X"u8))
            {
                if (cleaned.Length != Header || !TryWriteExtended(cleaned, chunk, body))
                {
                    return null;
                }
            }
            else if (chunk.StartsWith("ALPH"u8))
            {
                cleaned.Write(chunk);
            }
            else if (chunk.StartsWith("ANIM"u8) || chunk.StartsWith("ANMF"u8))
            {
                return null;
            }
        }

        if (!hasPicture)
        {
            return null;
        }

        var content = cleaned.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(4), (uint)(content.Length - ChunkHeader));
        return content;
    }

    private static bool TryWriteExtended(MemoryStream cleaned, ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> body)
    {
        if (body.Length != 10 || (body[0] & AnimationFlag) != 0 || !PictureFile.IsSize(1 + UInt24(body[4..]), 1 + UInt24(body[7..])))
        {
            return false;
        }

        cleaned.Write(chunk[..ChunkHeader]);
        cleaned.WriteByte((byte)(body[0] & AlphaFlag));
        cleaned.Write(body[1..]);
        return true;
    }

    private static bool IsPicture(bool lossless, ReadOnlySpan<byte> body)
    {
        if (lossless)
        {
            return body.Length > 5 && body[0] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(body[1..]) is var bits && PictureFile.IsSize(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        // RFC 6386, section 9.1: a key frame, its start code, then 14 bits for each side.
        return body.Length > 10 && (body[0] & 1) == 0 && body[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            && PictureFile.IsSize(BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
