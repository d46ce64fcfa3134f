using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Authdog.Identity.Passwords;

/// <summary>An Argon2id hash in the PHC string format: <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, base64 without padding. Exists only by parsing or hashing.</summary>
internal sealed partial record Argon2Phc(int MemoryKiB, int Iterations, byte[] Salt, byte[] Hash)
{
    // An imported hash must not be able to take the whole machine (I14).
    public const int MaxMemoryKiB = 1 << 20;
    public const int MaxIterations = 32;
    public const int SaltLength = 16;
    private const int MaxLength = 200;

    /// <summary>Reads a string strictly: version 19, one lane, parameters in order, canonical base64, 16 bytes of salt, 16–64 of hash.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Argon2Phc? phc)
    {
        phc = null;
        if (text is not { Length: <= MaxLength } || Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var memory = int.Parse(match.Groups["m"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var iterations = int.Parse(match.Groups["t"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        if (memory is < 8 or > MaxMemoryKiB || iterations is < 1 or > MaxIterations
            || !TryDecode(match.Groups["salt"].Value, out var salt) || salt.Length != SaltLength
            || !TryDecode(match.Groups["hash"].Value, out var hash) || hash.Length is < 16 or > 64)
        {
            return false;
        }

        phc = new Argon2Phc(memory, iterations, salt, hash);
        return true;
    }

    /// <summary>The PHC string.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Iterations},p=1${Encode(Salt)}${Encode(Hash)}");

    /// <summary>Prints the cost, not the hash.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"argon2id m={MemoryKiB} t={Iterations}");

    [GeneratedRegex(@"\A\$argon2id\$v=19\$m=(?<m>[1-9][0-9]{0,7}),t=(?<t>[1-9][0-9]{0,3}),p=1\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, out byte[] bytes)
    {
        var buffer = new byte[text.Length];
        var valid = Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), buffer, out var length);
        bytes = buffer[..length];
        return valid && Encode(bytes) == text;
    }
}
