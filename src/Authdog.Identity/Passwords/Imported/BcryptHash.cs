using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Authdog.Identity.Passwords.Imported;

/// <summary>bcrypt: <c>$2b$12$</c>, 22 characters of salt, 31 of hash. Of a password longer than 72 bytes the rest never counted.</summary>
internal sealed partial record BcryptHash : ImportedHash
{
    // 2^16 rounds take some four seconds.
    private const int MaxCost = 16;
    private readonly string _text;

    private BcryptHash(string text) => _text = text;

    public static BcryptHash? Parse(string text) =>
        Pattern().Match(text) is { Success: true } match && int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is >= 4 and <= MaxCost ? new BcryptHash(text) : null;

    public override bool Verify(byte[] password) => BCrypt.Net.BCrypt.Verify(Encoding.UTF8.GetString(password), _text);

    [GeneratedRegex(@"\A\$2[aby]\$([0-9]{2})\$[./A-Za-z0-9]{53}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
