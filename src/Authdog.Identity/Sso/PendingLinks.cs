using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Authdog.Identity.Sso;

/// <summary>An identity that waits, sealed in a login, for the owner of the account with its address to sign in; then it is theirs (I4).</summary>
internal sealed class PendingLinks(IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.Sso.Linking.v2").ToTimeLimitedDataProtector();
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The identity as a text for <see cref="LoginTransaction.Linking"/>.</summary>
    public string Seal(TenantId tenant, ExternalProof proof, User owner) => _protector.Protect(
        JsonSerializer.Serialize(new Pending(tenant.Value, owner.Id, proof.Identity)), s_lifetime);

    /// <summary>What waits in a login for the person who has just finished it; null when nothing does, or for somebody else.</summary>
    public ExternalIdentity? Find(TenantId tenant, LoginFlow flow, User user) =>
        flow.Transaction.Linking is { } text && Open(text) is { } pending && pending.Tenant == tenant.Value && pending.User == user.Id && user.EmailConfirmed ? pending.Identity : null;

    private Pending? Open(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Pending>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Pending(string Tenant, Guid User, ExternalIdentity Identity);
}
