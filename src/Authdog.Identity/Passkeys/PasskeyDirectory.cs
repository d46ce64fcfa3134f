using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Passkeys;

/// <summary>The tenant's passkeys. Each change is one transaction with its audit event.</summary>
internal sealed class PasskeyDirectory(DirectoryContext context, AuditLog audit, TenantOptions<PasskeyOptions> options, TimeProvider time)
{
    /// <summary>What came of adding one.</summary>
    internal enum Addition
    {
        Added,
        AlreadyRegistered,
        TooMany,
    }

    /// <summary>The user's passkeys, oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> ListAsync(UserId user, CancellationToken cancellationToken) =>
        await Rows.Where(p => p.UserId == user.Value).OrderBy(p => p.Id).ToListAsync(cancellationToken);

    /// <summary>Whether the user has one for this relying party.</summary>
    public Task<bool> AnyAsync(UserId user, string relyingPartyId, CancellationToken cancellationToken) =>
        Rows.AnyAsync(p => p.UserId == user.Value && p.RelyingPartyId == relyingPartyId, cancellationToken);

    /// <summary>Whether the user has one for any of these relying parties.</summary>
    public Task<bool> AnyAsync(UserId user, IReadOnlyCollection<string> relyingPartyIds, CancellationToken cancellationToken) =>
        Rows.AnyAsync(p => p.UserId == user.Value && relyingPartyIds.Contains(p.RelyingPartyId), cancellationToken);

    /// <summary>The user's passkey of this id; another user's is not found (I10).</summary>
    public Task<Passkey?> FindAsync(UserId user, Guid id, CancellationToken cancellationToken) =>
        Rows.SingleOrDefaultAsync(p => p.UserId == user.Value && p.Id == id, cancellationToken);

    /// <summary>The passkey with this credential id, whoever's it is.</summary>
    public Task<Passkey?> FindByCredentialAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Rows.SingleOrDefaultAsync(p => p.CredentialId == credentialId, cancellationToken);

    public async Task<Addition> AddAsync(Passkey passkey, CancellationToken cancellationToken)
    {
        if (await Rows.CountAsync(p => p.UserId == passkey.UserId, cancellationToken) >= options.Value.MaximumPerUser)
        {
            return Addition.TooMany;
        }

        context.Add(passkey);
        var entry = audit.Add(context, new AuditEvent(passkey.TenantId, AuditEventKind.PasskeyAdded, new UserId(passkey.UserId), Detail: $"{passkey.Id:D} {passkey.Aaguid:D}"));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return Addition.Added;
        }
        catch (DbUpdateException)
        {
            // Two at once: the unique index lets one in.
            context.Entry(passkey).State = EntityState.Detached;
            context.Entry(entry).State = EntityState.Detached;
            if (await FindByCredentialAsync(passkey.CredentialId, cancellationToken) is null)
            {
                throw;
            }

            return Addition.AlreadyRegistered;
        }
    }

    /// <summary>Gives one of the user's passkeys another name; false when there is none.</summary>
    public async Task<bool> RenameAsync(UserId user, Guid id, string name, CancellationToken cancellationToken) =>
        await context.Set<Passkey>().Where(p => p.UserId == user.Value && p.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, name), cancellationToken) == 1;

    /// <summary>Removes one of the user's passkeys, be it the last way in (<see cref="Login.WaysIn"/>); false when there is none. Within the transaction at hand, or one of its own.</summary>
    public async Task<bool> RemoveAsync(User user, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = context.Database.CurrentTransaction is null ? await context.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await context.Set<Passkey>().Where(p => p.UserId == user.Id && p.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.PasskeyRemoved, user.UserId, Detail: $"{id:D}"));
        await context.SaveChangesAsync(cancellationToken);
        await (transaction?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
        return true;
    }

    /// <summary>Notes a verified use, comparing and storing the counter in one statement; false when it did not rise (WebAuthn Level 3, section 7.2, steps 22 and 24).</summary>
    /// <param name="passkey">The credential record.</param>
    /// <param name="answer">What the authenticator said.</param>
    /// <param name="besideKnowledge">Whether a password has been proved too: then a first user verification counts from now on (step 24.3).</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<bool> RecordUseAsync(Passkey passkey, AuthenticatorClaims answer, bool besideKnowledge, CancellationToken cancellationToken)
    {
        var count = (long)answer.SignCount;
        var backedUp = answer.Flags.HasFlag(AuthenticatorFlags.BackedUp);
        var initialized = passkey.UserVerificationInitialized || (besideKnowledge && answer.Flags.HasFlag(AuthenticatorFlags.UserVerified));
        var now = time.GetUtcNow();
        var own = context.Set<Passkey>().Where(p => p.Id == passkey.Id);
        var rose = await own.Where(p => p.SignCount < count || (p.SignCount == 0 && count == 0))
            .ExecuteUpdateAsync(
                set => set.SetProperty(p => p.SignCount, count)
                    .SetProperty(p => p.IsBackedUp, backedUp)
                    .SetProperty(p => p.UserVerificationInitialized, initialized)
                    .SetProperty(p => p.LastUsedAt, now),
                cancellationToken) == 1;
        if (!rose)
        {
            await audit.WriteAsync(new AuditEvent(passkey.TenantId, AuditEventKind.PasskeyCounterRegressed, new UserId(passkey.UserId), Detail: $"{passkey.Id:D}"), cancellationToken);
        }

        return rose;
    }

    private IQueryable<Passkey> Rows => context.Set<Passkey>().AsNoTracking();
}
