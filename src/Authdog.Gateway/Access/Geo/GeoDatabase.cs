using System.Net;
using MaxMind.Db;

namespace Authdog.Gateway.Access.Geo;

/// <summary>One database file in memory, which follows the file: a change that cannot be used leaves the last good one in force.</summary>
internal sealed class GeoDatabase(string file, ILogger<GeoDatabase> logger)
{
    private (long Length, DateTime Written) _seen = Stamp(file);
    private volatile Reader? _reader = Open(file, out _);

    /// <summary>Why the file as it is now cannot be used; null when what it holds is in force.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads a database file; null when it is none, with the reason.</summary>
    public static Reader? Open(string file, out string? problem)
    {
        try
        {
            // In memory: the operator may replace or cut the file at any time.
            var reader = new Reader(file, FileAccessMode.Memory);
            problem = null;
            return reader;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDatabaseException or ArgumentException or OverflowException)
        {
            problem = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : $"{exception.Message.TrimEnd('.')}.";
            return null;
        }
    }

    /// <summary>What the database says of an address; null when it says nothing, or is broken at that place.</summary>
    public IReadOnlyDictionary<string, object>? Find(IPAddress address)
    {
        try
        {
            return _reader?.Find<Dictionary<string, object>>(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        }
        catch (Exception exception) when (exception is InvalidDatabaseException or ArgumentException or InvalidCastException or DeserializationException or IndexOutOfRangeException)
        {
            // Also an IPv6 address in a database of IPv4 alone: nothing is known.
            return null;
        }
    }

    /// <summary>Looks at the file again.</summary>
    public void Refresh()
    {
        var stamp = Stamp(file);
        if (stamp == _seen)
        {
            return;
        }

        if (Open(file, out var problem) is { } reader)
        {
            // The old one is left to the collector: a decision may be reading from it.
            _reader = reader;
            _seen = stamp;
            Problem = null;
            logger.GeoChanged(file, reader.Metadata.DatabaseType, reader.Metadata.BuildDate);
        }
        else if (Problem is null || !Problem.Contains(problem!, StringComparison.Ordinal))
        {
            Problem = $"{file} cannot be used: {problem} The last good one stays in force.";
            logger.GeoRefused(file, problem!);
        }
    }

    private static (long, DateTime) Stamp(string file)
    {
        try
        {
            var entry = new FileInfo(file);
            var target = entry.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? entry;
            return target.Exists ? (target.Length, target.LastWriteTimeUtc) : (-1, default);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (-1, default);
        }
    }
}
