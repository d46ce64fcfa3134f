using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Mfa;

/// <summary>Time-based one-time passwords as every authenticator app makes them (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits.</summary>
internal static class Totp
{
    /// <summary>RFC 4226, section 4, R6: 160 bits.</summary>
    public const int SeedLength = 20;

    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const int Drift = 1;
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)s_step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238: the only hash that all authenticator apps know, and HMAC does not rest on resistance to collisions.")]
    public static string Code(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(seed, counter, hash);

        // RFC 4226, section 5.3: dynamic truncation.
        var truncated = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fff_ffff;
        return (truncated % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, of the present one and one before and after (RFC 6238, section 5.2); null when it is none of them. As many codes are compared whichever it is.</summary>
    public static long? Match(ReadOnlySpan<byte> seed, string code, DateTimeOffset now)
    {
        long? match = null;
        var given = Encoding.ASCII.GetBytes(code);
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            match = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(seed, step)), given) ? step : match;
        }

        return match;
    }

    /// <summary>The digits of what somebody typed; apps show codes in groups. Null when they are no code.</summary>
    public static string? Normalize(string? typed)
    {
        if (typed is not { Length: > 0 and <= 16 })
        {
            return null;
        }

        var digits = string.Concat(typed.Where(static c => !char.IsWhiteSpace(c) && c is not '-'));
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
