using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Keeps invitations: hashed, with an end, one for each connection, revoked by being taken away.</summary>
internal sealed class SetupInvites(RecordStore records, TimeProvider time)
{
    private const string Kind = "setup-invite";
    private const int SecretLength = 43;
    private const int Tries = 5;

    /// <summary>Makes one and returns the link's secret; the one before is over.</summary>
    public async Task<string> IssueAsync(TenantId tenant, string slug, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await RevokeAsync(tenant, slug, cancellationToken);
        await records.CreateAsync(tenant, Kind, slug, new SetupInvite { SecretHash = Hash(secret), ExpiresAt = time.GetUtcNow() + lifetime }, lifetime, cancellationToken);
        return secret;
    }

    /// <summary>Ends the one that is open; false when none is.</summary>
    public async Task<bool> RevokeAsync(TenantId tenant, string slug, CancellationToken cancellationToken) =>
        await records.TakeAsync<SetupInvite>(tenant, Kind, slug, cancellationToken) is not null;

    /// <summary>The invitation of a secret; null when it is unknown, over or revoked.</summary>
    public async Task<SetupInvite?> FindAsync(TenantId tenant, string slug, string? secret, CancellationToken cancellationToken) =>
        secret is { Length: SecretLength }
        && Connection.IsSlug(slug)
        && await records.FindAsync<SetupInvite>(tenant, Kind, slug, cancellationToken) is (var invite, _)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(invite.SecretHash))
        && time.GetUtcNow() < invite.ExpiresAt
            ? invite
            : null;

    /// <summary>The one that is open for a connection; null when none is.</summary>
    public async Task<SetupInvite?> FindAsync(TenantId tenant, string slug, CancellationToken cancellationToken) =>
        await records.FindAsync<SetupInvite>(tenant, Kind, slug, cancellationToken) is (var invite, _) && time.GetUtcNow() < invite.ExpiresAt ? invite : null;

    /// <summary>Writes down how far its holder has come; does nothing to one that is over.</summary>
    public async Task UpdateAsync(TenantId tenant, string slug, string secretHash, Func<SetupInvite, SetupInvite> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await records.FindAsync<SetupInvite>(tenant, Kind, slug, cancellationToken) is not (var invite, var version)
                || invite.SecretHash != secretHash
                || await records.TryUpdateAsync(tenant, Kind, slug, change(invite), version, cancellationToken))
            {
                return;
            }
        }
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
