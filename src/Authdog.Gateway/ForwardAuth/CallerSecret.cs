using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>What the proxy proves itself with. Only its SHA-256 is kept, so that comparing tells nothing about length or content.</summary>
internal sealed class CallerSecret(string header, string value)
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));

    public string Header => header;

    /// <summary>The configured secret; null when there is none.</summary>
    public static string? Read(ForwardAuthOptions options) =>
        options.SharedSecretFile is { } file ? File.ReadAllText(file).Trim() : options.SharedSecret;

    /// <summary>Whether exactly one value was sent, and it is the secret.</summary>
    public bool Matches(StringValues sent) =>
        sent.Count == 1 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent[0]!)), _hash);

    /// <inheritdoc/>
    public override string ToString() => $"secret {Convert.ToHexStringLower(_hash.AsSpan(0, 4))}…";
}
