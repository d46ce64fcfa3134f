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
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.Sso.Linking.v1").ToTimeLimitedDataProtector();
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The identity as a text for <see cref="LoginTransaction.Linking"/>.</summary>
    public string Seal(TenantId tenant, ExternalProof proof, User owner) => _protector.Protect(
        JsonSerializer.Serialize(new Pending(tenant.Value, owner.Id, proof.Connection.LoginProvider, proof.Issuer, proof.Subject, proof.Connection.Name)), s_lifetime);

    /// <summary>Links what waits in a login to the person who has just finished it; does nothing when that is somebody else than the account's owner.</summary>
    public async Task LinkAsync(ExternalIdentities identities, TenantId tenant, LoginFlow flow, User user)
    {
        if (flow.Transaction.Linking is { } text && Open(text) is { } pending && pending.Tenant == tenant.Value && pending.User == user.Id && user.EmailConfirmed)
        {
            await identities.LinkAsync(user, pending.Provider, pending.Issuer, pending.Subject, pending.Name, CancellationToken.None);
        }
    }

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

    private sealed record Pending(string Tenant, Guid User, string Provider, string Issuer, string Subject, string Name);
}
