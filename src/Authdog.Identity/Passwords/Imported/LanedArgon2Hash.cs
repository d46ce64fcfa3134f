using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Konscious.Security.Cryptography;

namespace Authdog.Identity.Passwords.Imported;

/// <summary>Argon2id as other systems write it: with several lanes, or a salt of another length than our own hashes have. Those go through libsodium, which has neither.</summary>
internal sealed partial record LanedArgon2Hash : ImportedHash
{
    private const int MaxMemoryKiB = 1 << 18;
    private const int MaxPasses = 32;
    private const int MaxLanes = 16;
    private readonly int _memoryKiB;
    private readonly int _passes;
    private readonly int _lanes;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private LanedArgon2Hash(int memoryKiB, int passes, int lanes, byte[] salt, byte[] hash) => (_memoryKiB, _passes, _lanes, _salt, _hash) = (memoryKiB, passes, lanes, salt, hash);

    public static LanedArgon2Hash? Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var (memory, passes, lanes) = (Number(match.Groups["m"]), Number(match.Groups["t"]), Number(match.Groups["p"]));
        return memory <= MaxMemoryKiB && memory >= 8 * lanes && passes <= MaxPasses && lanes <= MaxLanes
            && Decode(match.Groups["salt"].Value) is { Length: >= 8 and <= 64 } salt
            && Decode(match.Groups["hash"].Value) is { Length: >= 16 and <= 64 } hash
                ? new LanedArgon2Hash(memory, passes, lanes, salt, hash)
                : null;
    }

    public override bool Verify(byte[] password)
    {
        using Argon2id argon = new(password) { MemorySize = _memoryKiB, Iterations = _passes, DegreeOfParallelism = _lanes, Salt = _salt };
        return CryptographicOperations.FixedTimeEquals(argon.GetBytes(_hash.Length), _hash);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static byte[]? Decode(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), buffer, out var length) ? buffer[..length] : null;
    }

    [GeneratedRegex(@"\A\$argon2id\$v=19\$m=(?<m>[1-9][0-9]{0,7}),t=(?<t>[1-9][0-9]{0,3}),p=(?<p>[1-9][0-9]?)\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
