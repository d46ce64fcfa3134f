using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Passkeys;

/// <summary>Lets ASP.NET Core Identity's passkey handler read the tenant's passkeys. It writes none: that is <see cref="PasskeyDirectory"/>'s, with audit event and rules.</summary>
internal sealed class PasskeyUserStore(DirectoryContext context, IdentityErrorDescriber errors) : TenantUserStore(context, errors)
{
    private const string Message = "Passkeys are added, changed and removed through PasskeyDirectory.";

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        await Passkeys.Where(p => p.UserId == user.Id).OrderBy(p => p.Id).Select(p => Describe(p)).ToListAsync(cancellationToken);

    public override async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await Passkeys.Where(p => p.CredentialId == credentialId)
            .Join(Context.Set<User>(), p => p.UserId, u => u.Id, (_, user) => user)
            .SingleOrDefaultAsync(cancellationToken);

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        await Passkeys.SingleOrDefaultAsync(p => p.UserId == user.Id && p.CredentialId == credentialId, cancellationToken) is { } found ? Describe(found) : null;

    public override Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException(Message);

    public override Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException(Message);

    private IQueryable<Passkey> Passkeys => Context.Set<Passkey>().AsNoTracking();

    // The counter is told as 0: the handler can only refuse one that did not rise, without saying so, and compares before it is stored,
    // so that two racing answers of a copy would pass. PasskeyDirectory compares and stores it in one statement instead.
    private static UserPasskeyInfo Describe(Passkey passkey) => new(
        passkey.CredentialId,
        passkey.PublicKey,
        passkey.CreatedAt,
        signCount: 0,
        passkey.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        passkey.UserVerificationInitialized,
        passkey.IsBackupEligible,
        passkey.IsBackedUp,
        attestationObject: [],
        clientDataJson: []) { Name = passkey.Name };
}
