using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Authdog.Identity.Passwords.Imported;

/// <summary>PBKDF2 with HMAC-SHA-1, -256 or -512, as Django (<c>pbkdf2_sha256$600000$salt$base64</c>, the salt being text) and passlib (<c>$pbkdf2-sha256$29000$salt$hash</c>, base64 with a dot for the plus) write it.</summary>
internal sealed partial record Pbkdf2Hash : ImportedHash
{
    private readonly HashAlgorithmName _algorithm;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private Pbkdf2Hash(HashAlgorithmName algorithm, int iterations, byte[] salt, byte[] hash) => (_algorithm, _iterations, _salt, _hash) = (algorithm, iterations, salt, hash);

    public static Pbkdf2Hash? Parse(string text)
    {
        var isDjango = Django().Match(text) is { Success: true };
        var match = isDjango ? Django().Match(text) : Passlib().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var algorithm = match.Groups["digest"].Value switch
        {
            "1" => HashAlgorithmName.SHA1,
            "256" => HashAlgorithmName.SHA256,
            _ => HashAlgorithmName.SHA512,
        };
        var iterations = int.Parse(match.Groups["rounds"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var salt = isDjango ? Encoding.UTF8.GetBytes(match.Groups["salt"].Value) : Decode(match.Groups["salt"].Value.Replace('.', '+'));
        var hash = Decode(match.Groups["hash"].Value.Replace('.', '+'));
        return iterations <= MaxIterations && salt is { Length: > 0 } && hash is { Length: >= 16 and <= 64 } ? new Pbkdf2Hash(algorithm, iterations, salt, hash) : null;
    }

    public override bool Verify(byte[] password) => CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _algorithm, _hash.Length), _hash);

    private static byte[]? Decode(string base64)
    {
        var unpadded = base64.TrimEnd('=');
        var buffer = new byte[unpadded.Length];
        return Convert.TryFromBase64String(unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '='), buffer, out var length) ? buffer[..length] : null;
    }

    [GeneratedRegex(@"\Apbkdf2_sha(?<digest>1|256|512)\$(?<rounds>[1-9][0-9]{0,6})\$(?<salt>[A-Za-z0-9+/=_.-]{1,64})\$(?<hash>[A-Za-z0-9+/]{22,88}={0,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Django();

    [GeneratedRegex(@"\A\$pbkdf2-sha(?<digest>1|256|512)\$(?<rounds>[1-9][0-9]{0,6})\$(?<salt>[A-Za-z0-9./]{2,86})\$(?<hash>[A-Za-z0-9./]{22,88})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Passlib();
}
