using System.Security.Cryptography;

namespace Authdog.Gateway.Answers;

/// <summary>Makes the id that an answer and its log line share: 64 random bits, short enough to be read out on the phone.</summary>
internal static class AnswerId
{
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
