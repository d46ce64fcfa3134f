using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.ApiKeys;

/// <summary>A key as its owner holds it: <c>adk_</c>, 20 hexadecimal digits that name it, <c>_</c>, and 256 random bits. Exists only by making or parsing; prints without the secret.</summary>
public sealed class ApiKeyText
{
    /// <summary>What every key begins with, so that scanners for leaked secrets know it.</summary>
    public const string Prefix = "adk_";

    private const int IdLength = 20;
    private const int SecretLength = 43;
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");
    private readonly string _secret;

    private ApiKeyText(string id, string secret) => (Id, _secret) = (id, secret);

    /// <summary>The public part.</summary>
    public string Id { get; }

    /// <summary>The whole key, to be shown once.</summary>
    public string Reveal() => $"{Prefix}{Id}_{_secret}";

    /// <summary>Reads a key; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = text is { Length: 4 + IdLength + 1 + SecretLength }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length + IdLength] == '_'
            && text.AsSpan(Prefix.Length, IdLength).IndexOfAnyExcept(s_digits) < 0
            && Base64Url.IsValid(text.AsSpan(^SecretLength..))
            ? new ApiKeyText(text.Substring(Prefix.Length, IdLength), text[^SecretLength..])
            : null;
        return key is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Id}_…";

    internal static ApiKeyText New() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    internal string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"api-key\n{Id}\n{_secret}")));

    internal bool Matches(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash()), Encoding.ASCII.GetBytes(hash));
}
