using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Invitations;

/// <summary>Turns an invitation into a membership, once, in one transaction: what was promised is given whole, or the link still works.</summary>
internal sealed class InvitationAcceptance(
    DirectoryContext context,
    UserDirectory users,
    RoleDirectory roles,
    GroupDirectory groups,
    AuditLog audit,
    TimeProvider time,
    ILogger<InvitationAcceptance> logger)
{
    /// <summary>Makes the account of who is new; null when the invitation was accepted or taken back meanwhile, or the address has got an account.</summary>
    public async Task<User?> CreateAsync(Invitation invitation, EmailAddress email, string? name, string passwordHash, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TakeAsync(invitation, cancellationToken)
            || await users.CreateAsync(email, emailVerified: true, name, passwordHash, cancellationToken) is not { } user)
        {
            return null;
        }

        await GiveAsync(invitation, user, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        InvitationsLog.Accepted(logger, user.UserId.ToString(), invitation.Id.ToString());
        return user;
    }

    /// <summary>Gives an existing account what the invitation promises; false when it was accepted or taken back meanwhile.</summary>
    public async Task<bool> JoinAsync(Invitation invitation, User user, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TakeAsync(invitation, cancellationToken))
        {
            return false;
        }

        if (!user.EmailConfirmed)
        {
            await users.SetEmailVerifiedAsync(user, cancellationToken);
        }

        await GiveAsync(invitation, user, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        InvitationsLog.Accepted(logger, user.UserId.ToString(), invitation.Id.ToString());
        return true;
    }

    // Of two that accept at once one gets false: the row says who was first.
    private async Task<bool> TakeAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await context.Set<Invitation>()
            .Where(i => i.Id == invitation.Id && i.TokenHash == invitation.TokenHash && i.State == InvitationState.Pending && i.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, InvitationState.Accepted), cancellationToken) == 1;
    }

    // A role or group that was deleted since does not come back by an old invitation.
    private async Task GiveAsync(Invitation invitation, User user, CancellationToken cancellationToken)
    {
        var existing = (await roles.ListAsync(cancellationToken)).Select(role => role.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await users.AddRolesAsync(user, invitation.Roles.Where(existing.Contains), cancellationToken);
        foreach (var name in invitation.Groups)
        {
            if (await groups.FindAsync(name, cancellationToken) is { } group)
            {
                await groups.AddMemberAsync(group, user, cancellationToken);
            }
        }

        await context.Set<Invitation>().Where(i => i.Id == invitation.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.UserId, user.Id), cancellationToken);
        audit.Add(context, new AuditEvent(context.Tenant, AuditEventKind.InvitationAccepted, user.UserId, Detail: invitation.Id.ToString()));
        await context.SaveChangesAsync(cancellationToken);
    }
}
