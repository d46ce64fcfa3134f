using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Keys;

namespace Authdog.Identity.Sso;

/// <summary>Encrypts what a connection must keep secret: a client secret, a private key. Bound to the connection: moved to another row it opens nothing (I10).</summary>
public sealed class ConnectionSecrets(SecretProtector protector)
{
    private const string Purpose = "sso connection";

    /// <summary>The secret as it is kept in the settings.</summary>
    public string Protect(Connection connection, ReadOnlySpan<byte> secret) =>
        Convert.ToBase64String(protector.Protect(Purpose, [.. Owner(connection.TenantId.Value, connection.Id), .. secret]));

    /// <summary>The secret as it is kept in the settings.</summary>
    public string Protect(Connection connection, string secret) => Protect(connection, Encoding.UTF8.GetBytes(secret));

    /// <summary>The secret of settings.</summary>
    /// <exception cref="CryptographicException">Damaged, or another connection's.</exception>
    public byte[] Unprotect(ConnectionRecord connection, string kept)
    {
        var owner = Owner(connection.Tenant.Value, connection.Id);
        var plain = protector.Unprotect(Purpose, Convert.FromBase64String(kept));
        return plain.AsSpan().StartsWith(owner) ? plain[owner.Length..] : throw new CryptographicException("This secret is another connection's.");
    }

    /// <summary>The secret of settings, as text.</summary>
    public string UnprotectText(ConnectionRecord connection, string kept) => Encoding.UTF8.GetString(Unprotect(connection, kept));

    private static byte[] Owner(string tenant, Guid id) => Encoding.UTF8.GetBytes($"{tenant}\n{id:N}\n");
}
