using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis;

/// <summary>Keys of the shared store. No two lists of parts give one key (B10): a tenant id and a purpose have no colon, and the last part is a hash.</summary>
internal static class RedisKeys
{
    /// <summary>Key of something that belongs to a tenant; <paramref name="subject"/> goes in as its hash, whatever it is made of.</summary>
    public static string For(TenantId tenant, string area, string purpose, string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        if (purpose.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException("A purpose has no colon.", nameof(purpose));
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
        return string.Create(CultureInfo.InvariantCulture, $"authdog:{tenant.Value}:{area}:{purpose}:{hash}");
    }
}
