using System.Buffers;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Reads lists of leaked passwords line by line: <c>HASH:COUNT</c> or <c>HASH</c> (SHA-1 in hexadecimal), or plain passwords.</summary>
public static class BreachListReader
{
    private const int MaxLine = 4096;

    /// <summary>Adds all of a list to a filter; returns how many lines were added, and the number and text of the first that could not be.</summary>
    public static async Task<(long Added, long Refused, string? FirstRefused)> ReadAsync(Stream list, bool plain, BreachFilterBuilder builder, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(list, bufferSize: 1 << 20);
        var (added, refused, first, number) = (0L, 0L, (string?)null, 0L);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            if (line.Length <= MaxLine && (plain ? AddPlain(line, builder) : AddHash(line, builder)))
            {
                added++;
            }
            else
            {
                refused++;
                first ??= $"line {number}: {(plain ? "longer than 4096 characters" : "no SHA-1 in hexadecimal")}";
            }
        }

        return (added, refused, first);
    }

    private static bool AddPlain(string line, BreachFilterBuilder builder)
    {
        builder.AddPassword(line);
        return true;
    }

    private static bool AddHash(string line, BreachFilterBuilder builder)
    {
        Span<byte> hash = stackalloc byte[PasswordDigest.Length];
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var text = line.AsSpan(0, colon < 0 ? line.Length : colon).Trim();
        if (text.Length != 2 * PasswordDigest.Length || Convert.FromHexString(text, hash, out _, out _) is not OperationStatus.Done)
        {
            return false;
        }

        builder.Add(hash);
        return true;
    }
}
