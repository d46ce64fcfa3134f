using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Builds a filter of any number of hashes, in any order and with duplicates, in bounded memory: first into 256 files by their first byte, then one file after the other, sorted and coded.</summary>
/// <remarks>900 million hashes take 7.2 GB beside the output while it works, and 28 MB of memory for a shard.</remarks>
public sealed class BreachFilterBuilder : IDisposable
{
    private const int BufferedHashes = 4096;

    private readonly string _output;
    private readonly int _bits;
    private readonly DirectoryInfo _work;
    private readonly FileStream[] _shards;
    private readonly ulong[][] _buffers;
    private readonly int[] _buffered = new int[BreachFilterLayout.Shards];
    private long _added;

    /// <summary>Begins a filter at a path, beside which it works.</summary>
    /// <param name="output">The filter's file; replaced when it is done.</param>
    /// <param name="bits">False positives: one in 2^bits; 8 to 24.</param>
    public BreachFilterBuilder(string output, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, BreachFilterLayout.LeastBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, BreachFilterLayout.MostBits);
        (_output, _bits) = (Path.GetFullPath(output), bits);
        _work = Directory.CreateDirectory($"{_output}.{Guid.NewGuid():N}");
        _shards = [.. Enumerable.Range(0, BreachFilterLayout.Shards).Select(shard => new FileStream(Path.Combine(_work.FullName, $"{shard:x2}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1))];
        _buffers = [.. _shards.Select(_ => new ulong[BufferedHashes])];
    }

    /// <summary>Adds a hash (SHA-1, 20 bytes; the first 8 count).</summary>
    public void Add(ReadOnlySpan<byte> hash)
    {
        var prefix = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var shard = BreachFilterLayout.ShardOf(prefix);
        _buffers[shard][_buffered[shard]++] = prefix;
        _added++;
        if (_buffered[shard] == BufferedHashes)
        {
            Flush(shard);
        }
    }

    /// <summary>Adds a password as it is.</summary>
    public void AddPassword(string password) => Add(PasswordDigest.Of(password));

    /// <summary>Writes the filter and returns how many different hashes it has.</summary>
    public long Finish()
    {
        var layout = BreachFilterLayout.For(_added, _bits);
        var draft = Path.Combine(_work.FullName, "filter");
        long count;
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
        {
            count = Write(file, layout);
        }

        File.Move(draft, _output, overwrite: true);
        return count;
    }

    /// <summary>Removes what the work left behind.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }

        if (Directory.Exists(_work.FullName))
        {
            _work.Delete(recursive: true);
        }
    }

    private void Flush(int shard)
    {
        _shards[shard].Write(MemoryMarshal.AsBytes(_buffers[shard].AsSpan(0, _buffered[shard])));
        _buffered[shard] = 0;
    }

    private long Write(FileStream file, BreachFilterLayout layout)
    {
        var index = new ulong[layout.BucketsPerShard + 1];
        file.SetLength(layout.DataStart);
        file.Position = layout.DataStart;
        var writer = new RiceWriter(file, layout.Bits);
        long count = 0;
        for (var shard = 0; shard < BreachFilterLayout.Shards; shard++)
        {
            count += Encode(Read(shard), layout, writer, index);
            WriteIndex(file, layout, shard, index);
        }

        writer.Finish();
        file.Flush();
        Seal(file, layout, count);
        return count;
    }

    private Span<ulong> Read(int shard)
    {
        Flush(shard);
        var stored = _shards[shard];
        var hashes = new ulong[stored.Length / sizeof(ulong)];
        stored.Position = 0;
        stored.ReadExactly(MemoryMarshal.AsBytes(hashes.AsSpan()));

        // Its space on the disk is needed for the filter now.
        stored.SetLength(0);
        Array.Sort(hashes);
        return hashes;
    }

    private static long Encode(ReadOnlySpan<ulong> sorted, BreachFilterLayout layout, RiceWriter writer, Span<ulong> index)
    {
        var (bucket, last, next, count) = (-1, 0UL, 0UL, 0L);
        ulong? before = null;
        foreach (var prefix in sorted)
        {
            if (prefix == before)
            {
                continue;
            }

            before = prefix;
            count++;
            var (own, value) = layout.Place(prefix);
            if (own != bucket)
            {
                index[(bucket + 1)..(own + 1)].Fill(writer.Position);
                (bucket, next) = (own, 0);
            }
            else if (value == last)
            {
                // Two hashes at one place: one entry answers for both.
                continue;
            }

            writer.Write(value - next);
            (last, next) = (value, value + 1);
        }

        index[(bucket + 1)..].Fill(writer.Position);
        return count;
    }

    private static void WriteIndex(FileStream file, BreachFilterLayout layout, int shard, ReadOnlySpan<ulong> index)
    {
        var end = file.Position;
        file.Position = BreachFilterLayout.HeaderLength + ((long)shard * layout.BucketsPerShard * sizeof(ulong));
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];

        // The last of one shard is the first of the next.
        foreach (var position in index)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, position);
            file.Write(bytes);
        }

        file.Position = end;
    }

    private static void Seal(FileStream file, BreachFilterLayout layout, long count)
    {
        file.Position = BreachFilterLayout.HeaderLength;
        BreachFilterHeader header = new(layout, count, file.Length, SHA256.HashData(file));
        file.Position = 0;
        file.Write(header.ToBytes());
        file.Flush(flushToDisk: true);
    }
}
