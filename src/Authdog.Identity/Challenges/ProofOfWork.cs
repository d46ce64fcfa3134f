using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Challenges;

/// <summary>Work that is dear to do and cheap to check: a number that gives SHA-256 of <c>id:number</c> so many leading zero bits.</summary>
internal static class ProofOfWork
{
    /// <summary>Fewest bits.</summary>
    public const int MinBits = 8;

    /// <summary>Most bits; each doubles the work, and 24 keep a phone busy for a minute.</summary>
    public const int MaxBits = 24;

    // What a script can count to without losing a unit.
    private const int MaxDigits = 16;

    /// <summary>Whether the number solves the challenge.</summary>
    public static bool Verify(string id, string? number, int bits)
    {
        if (number is not { Length: > 0 and <= MaxDigits } || !number.All(char.IsAsciiDigit))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes($"{id}:{number}"), hash);
        return LeadingZeroBits(hash) >= bits;
    }

    /// <summary>A number that solves the challenge: what the browser's script does.</summary>
    public static string Solve(string id, int bits)
    {
        for (long number = 0; ; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            if (Verify(id, text, bits))
            {
                return text;
            }
        }
    }

    private static int LeadingZeroBits(ReadOnlySpan<byte> hash)
    {
        var bits = 0;
        foreach (var part in hash)
        {
            bits += BitOperations.LeadingZeroCount(part) - 24;
            if (part != 0)
            {
                break;
            }
        }

        return bits;
    }
}
