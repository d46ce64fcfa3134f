using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>Small pictures, made here.</summary>
internal static class Samples
{
    /// <summary>A PNG of one grey pixel; with a text chunk, as a camera would add.</summary>
    public static byte[] Png(bool metadata, int side = 1)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = (8, 0);
        Chunk(png, "IHDR", header);
        if (metadata)
        {
            Chunk(png, "tEXt", Encoding.ASCII.GetBytes("Comment\0<script>alert(1)</script> 52.5200, 13.4050"));
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write([0, 128]);
        }

        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>The segments of a JPEG (not a decodable one), with Exif and what follows the end.</summary>
    public static byte[] Jpeg(bool metadata) =>
    [
        0xFF, 0xD8,
        0xFF, 0xE0, 0, 7, .. "JFIF\0"u8,
        .. metadata ? [0xFF, 0xE1, 0, 10, .. "Exif\0\0GP"u8] : Array.Empty<byte>(),
        0xFF, 0xDB, 0, 4, 0, 1,
        0xFF, 0xC0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0, 4, 0, 1,
        0xFF, 0xDA, 0, 4, 0, 0, 1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4,
        0xFF, 0xD9,
        .. metadata ? "<?php behind the end"u8.ToArray() : [],
    ];

    /// <summary>A lossless WebP's chunks (not a decodable one), extended with Exif.</summary>
    public static byte[] WebP(bool metadata, bool animated = false)
    {
        List<byte> chunks = [.. "WEBP"u8];
        if (metadata)
        {
            Riff(chunks, "VP8X", [(byte)(animated ? 0x0A : 0x08), 0, 0, 0, 15, 0, 0, 15, 0, 0]);
        }

        Riff(chunks, "VP8L", [0x2F, 15, 0xC0, 3, 0, 9, 9]);
        if (metadata)
        {
            Riff(chunks, "EXIF", [.. "GPS"u8]);
        }

        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, chunks.Count);
        return [.. "RIFF"u8, .. size, .. chunks];
    }

    private static void Riff(List<byte> chunks, string type, byte[] body)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        chunks.AddRange([.. Encoding.ASCII.GetBytes(type), .. size, .. body]);
        if (body.Length % 2 == 1)
        {
            chunks.Add(0);
        }
    }

    private static void Chunk(Stream png, string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        png.Write(number);
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
