using System.Security.Cryptography;

namespace Authdog.Identity.Keys;

/// <summary>One ES256 (P-256) key, decrypted in memory.</summary>
/// <param name="Kid">Key id: the RFC 7638 thumbprint of the public key.</param>
/// <param name="Key">The key pair. Shared: never dispose it.</param>
/// <param name="SignsFrom">When it begins to sign.</param>
/// <param name="PublishedUntil">When it leaves the JWKS; null while it is current or announced.</param>
public sealed record SigningKey(string Kid, ECDsa Key, DateTimeOffset SignsFrom, DateTimeOffset? PublishedUntil);
