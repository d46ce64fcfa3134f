using System.Security.Cryptography;
using Authdog.Identity.Audit;
using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Mfa;

/// <summary>The authenticator apps of the tenant's users.</summary>
internal sealed class Authenticators(DirectoryContext context, SecretProtector protector, AuditLog audit, TimeProvider time)
{
    /// <summary>How many one user can have; each try is compared with all of them.</summary>
    public const int Maximum = 5;

    private const string Purpose = "authenticator seed";

    /// <summary>The id that one will have.</summary>
    public static Guid IdOf(PendingAuthenticator pending) => new(SHA256.HashData([.. "authenticator id"u8, .. pending.Seed.Span]).AsSpan(0, 16));

    public async Task<IReadOnlyList<Authenticator>> ListAsync(User user, CancellationToken cancellationToken) =>
        await context.Set<Authenticator>().AsNoTracking().Where(a => a.UserId == user.Id).OrderBy(a => a.CreatedAt).ToListAsync(cancellationToken);

    public Task<bool> AnyAsync(User user, CancellationToken cancellationToken) => context.Set<Authenticator>().AnyAsync(a => a.UserId == user.Id, cancellationToken);

    /// <summary>Takes a code, once: of two that bring the same one at the same moment, one gets false (I6). The database decides, for all nodes.</summary>
    public async Task<bool> TakeAsync(User user, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var authenticator in await ListAsync(user, cancellationToken))
        {
            if (Totp.Match(protector.Unprotect(Purpose, authenticator.Seed), code, now) is { } step
                && await context.Set<Authenticator>()
                    .Where(a => a.Id == authenticator.Id && a.LastStep < step)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step).SetProperty(a => a.LastUsedAt, now), cancellationToken) == 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps an authenticator whose first code is right, unless there are too many already. The same one sent twice is kept once.</summary>
    public async Task<AuthenticatorAddition> AddAsync(User user, PendingAuthenticator pending, string code, string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (Totp.Match(pending.Seed.Span, code, now) is not { } step)
        {
            return AuthenticatorAddition.Refused;
        }

        var id = IdOf(pending);
        var existing = await ListAsync(user, cancellationToken);
        if (existing.Any(a => a.Id == id) || existing.Count >= Maximum)
        {
            return existing.Any(a => a.Id == id) ? AuthenticatorAddition.Kept : AuthenticatorAddition.Refused;
        }

        Authenticator added = new()
        {
            TenantId = user.TenantId,
            Id = id,
            UserId = user.Id,
            Name = name,
            Seed = protector.Protect(Purpose, pending.Seed.Span),
            LastStep = step,
            CreatedAt = now,
            LastUsedAt = now,
        };
        var entry = audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.AuthenticatorAdded, user.UserId));
        context.Add(added);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Sent twice at once: the key lets one in.
            context.Entry(added).State = context.Entry(entry).State = EntityState.Detached;
            if (!await context.Set<Authenticator>().AnyAsync(a => a.Id == id, cancellationToken))
            {
                throw;
            }

            return AuthenticatorAddition.Kept;
        }

        return AuthenticatorAddition.Added;
    }

    public async Task<bool> RenameAsync(User user, Guid id, string name, CancellationToken cancellationToken) =>
        await Own(user, id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, name), cancellationToken) == 1;

    public async Task<bool> RemoveAsync(User user, Guid id, CancellationToken cancellationToken)
    {
        if (await Own(user, id).ExecuteDeleteAsync(cancellationToken) != 1)
        {
            return false;
        }

        await audit.WriteAsync(new AuditEvent(user.TenantId, AuditEventKind.AuthenticatorRemoved, user.UserId), cancellationToken);
        return true;
    }

    public Task RemoveAllAsync(User user, CancellationToken cancellationToken) =>
        context.Set<Authenticator>().Where(a => a.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);

    private IQueryable<Authenticator> Own(User user, Guid id) => context.Set<Authenticator>().Where(a => a.UserId == user.Id && a.Id == id);
}
