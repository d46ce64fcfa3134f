using System.Buffers.Binary;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>JPEG (ITU-T T.81, annex B): segment by segment.</summary>
internal static class JpegPicture
{
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;

    /// <summary>The picture without application data (Exif, XMP, thumbnails), comments and whatever stands behind its end; null when it is no whole JPEG.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != 0xFF || file[1] != Start)
        {
            return null;
        }

        using var cleaned = new MemoryStream(file.Length);
        cleaned.Write(file[..2]);
        var (hasFrame, hasScan) = (false, false);
        for (var at = 2; file.Length - at >= 2;)
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                // B.1.1.2: any marker may be preceded by fill bytes.
                at++;
                continue;
            }

            if (marker == End)
            {
                cleaned.Write(file.Slice(at, 2));
                return hasFrame && hasScan ? cleaned.ToArray() : null;
            }

            if (file.Length - at < 4 || BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) is var length && (length < 2 || length > file.Length - at - 2))
            {
                return null;
            }

            var segment = file.Slice(at, length + 2);
            at += segment.Length;
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2 when !hasFrame && IsFrame(segment[4..]):
                    hasFrame = true;
                    cleaned.Write(segment);
                    break;
                case 0xC4 or 0xDB or 0xDD or 0xE0 or 0xEE:
                    // Huffman and quantisation tables, restart interval; JFIF and Adobe say how colours are meant.
                    cleaned.Write(segment);
                    break;
                case Scan when hasFrame:
                    hasScan = true;
                    cleaned.Write(segment);
                    var coded = CodedLength(file[at..]);
                    cleaned.Write(file.Slice(at, coded));
                    at += coded;
                    break;
                case (>= 0xE1 and <= 0xEF) or 0xFE:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static bool IsFrame(ReadOnlySpan<byte> frame) =>
        frame.Length >= 6 && frame[0] == 8 && frame[5] is 1 or 3 or 4
        && PictureFile.IsSize(BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));

    // Up to the next marker that is neither a stuffed zero nor a restart (B.1.1.5).
    private static int CodedLength(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; at + 1 < rest.Length; at++)
        {
            if (rest[at] == 0xFF && rest[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }
        }

        return rest.Length;
    }
}
