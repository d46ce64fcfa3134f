using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>The first bytes of a filter: what it is, how it is laid out, and the hash of all that follows; then the hash of these themselves.</summary>
internal sealed record BreachFilterHeader(BreachFilterLayout Layout, long Count, long FileLength, byte[] Checksum)
{
    private const int HashedLength = 72;
    private const int OwnHashLength = 24;

    public byte[] ToBytes()
    {
        var bytes = new byte[BreachFilterLayout.HeaderLength];
        BreachFilterLayout.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), BreachFilterLayout.Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Layout.Bits);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Layout.BucketsPerShard);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), FileLength);
        Checksum.CopyTo(bytes.AsSpan(40));
        SHA256.HashData(bytes.AsSpan(0, HashedLength)).AsSpan(0, OwnHashLength).CopyTo(bytes.AsSpan(HashedLength));
        return bytes;
    }

    /// <summary>Reads a header; null with the reason when it is none, or not of a file that long.</summary>
    public static BreachFilterHeader? Parse(ReadOnlySpan<byte> bytes, long fileLength, out string? problem)
    {
        problem = null;
        if (bytes.Length < BreachFilterLayout.HeaderLength || !bytes.StartsWith(BreachFilterLayout.Magic))
        {
            problem = "it is no filter of leaked passwords.";
        }
        else if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != BreachFilterLayout.Version)
        {
            problem = "it is of another version of this program.";
        }
        else if (!bytes[HashedLength..BreachFilterLayout.HeaderLength].SequenceEqual(SHA256.HashData(bytes[..HashedLength]).AsSpan(0, OwnHashLength)))
        {
            problem = "its header is damaged.";
        }

        if (problem is not null)
        {
            return null;
        }

        BreachFilterLayout layout = new(BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        BreachFilterHeader header = new(layout, BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), bytes[40..HashedLength].ToArray());
        if (header.FileLength != fileLength || layout.Bits is < BreachFilterLayout.LeastBits or > BreachFilterLayout.MostBits || layout.BucketsPerShard < 1 || layout.DataStart > fileLength)
        {
            problem = "it is cut off or damaged.";
            return null;
        }

        return header;
    }
}
