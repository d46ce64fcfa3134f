using System.Buffers;
using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>A filter of leaked passwords, mapped into memory: the operating system keeps of it what is used. A password that is in it is found; one that is not is found once in 2^bits.</summary>
public sealed class BreachFilter : IDisposable
{
    private const int LongestBucket = 64 * 1024;

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly BreachFilterHeader _header;
    private readonly ulong _bits;

    private BreachFilter(MemoryMappedFile map, MemoryMappedViewAccessor view, BreachFilterHeader header)
    {
        (_map, _view, _header) = (map, view, header);
        _bits = (ulong)(header.FileLength - header.Layout.DataStart) * 8;
    }

    /// <summary>Different hashes in it.</summary>
    public long Count => _header.Count;

    /// <summary>Its size in bytes.</summary>
    public long Length => _header.FileLength;

    /// <summary>The rate of false positives that it was made for.</summary>
    public double ExpectedFalsePositiveRate => Math.Pow(2, -_header.Layout.Bits);

    /// <summary>Opens a filter; null with the reason when the file is none. Its contents are not read: <see cref="IsWhole"/> does that.</summary>
    public static BreachFilter? TryOpen(string file, out string? problem)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var start = new byte[BreachFilterLayout.HeaderLength];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (BreachFilterHeader.Parse(start.AsSpan(0, read), stream.Length, out problem) is not { } header)
            {
                return null;
            }

            var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new BreachFilter(map, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), header);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : $"{exception.Message.TrimEnd('.')}.";
            return null;
        }
    }

    /// <summary>Whether a password is in it.</summary>
    public bool Contains(string password) => Contains(PasswordDigest.Of(password));

    /// <summary>Whether a hash (SHA-1) is in it.</summary>
    public bool Contains(ReadOnlySpan<byte> hash)
    {
        var prefix = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var (bucket, value) = _header.Layout.Place(prefix);
        var at = ((long)BreachFilterLayout.ShardOf(prefix) * _header.Layout.BucketsPerShard) + bucket;
        var (start, end) = (Offset(at), Offset(at + 1));

        // A damaged index finds nothing; it must not read elsewhere.
        if (end <= start || end > _bits || (end - start) / 8 > LongestBucket)
        {
            return false;
        }

        var first = (long)(start / 8);
        var length = (int)((long)((end + 7) / 8) - first);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            _view.ReadArray(_header.Layout.DataStart + first, buffer, 0, length);
            return Find(buffer.AsSpan(0, length), (int)(start % 8), (int)(end - ((ulong)first * 8)), value);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether the contents are as they were written. Reads the whole file.</summary>
    public bool IsWhole()
    {
        using var stream = _map.CreateViewStream(BreachFilterLayout.HeaderLength, _header.FileLength - BreachFilterLayout.HeaderLength, MemoryMappedFileAccess.Read);
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(stream), _header.Checksum);
    }

    /// <summary>The share of random hashes that it finds, though they are in no list.</summary>
    public double MeasureFalsePositiveRate(int samples)
    {
        var found = 0;
        Span<byte> hash = stackalloc byte[PasswordDigest.Length];
        for (var i = 0; i < samples; i++)
        {
            RandomNumberGenerator.Fill(hash);
            found += Contains(hash) ? 1 : 0;
        }

        return (double)found / samples;
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private ulong Offset(long bucket) => _view.ReadUInt64(BreachFilterLayout.HeaderLength + (bucket * sizeof(ulong)));

    private bool Find(ReadOnlySpan<byte> bytes, int position, int end, ulong wanted)
    {
        var next = 0UL;
        while (position < end)
        {
            var difference = 0UL;
            while (position < end && Bit(bytes, position++) == 1)
            {
                difference++;
            }

            for (var i = 0; i < _header.Layout.Bits && position < end; i++)
            {
                difference = (difference << 1) | Bit(bytes, position++);
            }

            var value = next + difference;
            if (value >= wanted)
            {
                return value == wanted;
            }

            next = value + 1;
        }

        return false;
    }

    private static uint Bit(ReadOnlySpan<byte> bytes, int position) => (uint)(bytes[position >> 3] >> (7 - (position & 7))) & 1;
}
