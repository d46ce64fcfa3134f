using Authdog.Protocols.Saml.Keys;

namespace Authdog.Identity.Sso.Saml;

/// <summary>This side's keys of a connection: made here, encrypted wherever they are kept, never shown.</summary>
internal sealed class SamlKeys(ConnectionSecrets secrets, TimeProvider time)
{
    // Nobody checks the validity of a pinned certificate, and some administrators take fright at one that has expired: long, and replaced on purpose.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(10 * 365);
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    /// <summary>A new key, encrypted for the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="use">What for, in the certificate's name.</param>
    public string Create(Connection connection, string use) =>
        secrets.Protect(connection, ServiceProviderKey.Create($"{connection.Slug}.{connection.TenantId.Value} {use}", time.GetUtcNow() - s_skew, s_lifetime).Export());

    /// <summary>The keys of their encrypted form.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Damaged, or another connection's.</exception>
    public IReadOnlyList<ServiceProviderKey> Open(ConnectionRecord connection, IEnumerable<string> keys) =>
        [.. keys.Select(key => ServiceProviderKey.TryImport(secrets.UnprotectText(connection, key), out var opened, out var error) ? opened : throw new InvalidOperationException(error.ToString()))];
}
