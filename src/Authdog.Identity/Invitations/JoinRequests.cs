using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Invitations;

/// <summary>The tenant's requests to join: noted once for each address, decided by whoever administers it.</summary>
public sealed class JoinRequests(DirectoryContext context, InvitationDirectory invitations, UserDirectory users, AuditLog audit, TimeProvider time)
{
    /// <summary>Undecided requests of one tenant; further ones are not noted (B18).</summary>
    internal const int Most = 1000;

    /// <summary>Requests in order of creation: at most <paramref name="limit"/> of those after <paramref name="after"/>, or the first.</summary>
    public async Task<IReadOnlyList<JoinRequest>> ListAsync(Guid? after, int limit, CancellationToken cancellationToken)
    {
        var query = context.Set<JoinRequest>().AsNoTracking();
        if (after is { } id)
        {
            query = query.Where(r => r.Id > id);
        }

        return await query.OrderBy(r => r.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The request of an id; null when there is none.</summary>
    public Task<JoinRequest?> FindAsync(Guid id, CancellationToken cancellationToken) => context.Set<JoinRequest>().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);

    /// <summary>Says yes: the address is invited, with these roles and groups, and the request is gone. What was refused leaves the request as it was.</summary>
    public async Task<InvitationResult> ApproveAsync(JoinRequest request, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(request.Email, out var email))
        {
            return new InvitationResult.Over();
        }

        var result = await invitations.SendAsync(new InvitationRequest(email) { Roles = roles, Groups = groups, Language = request.Language }, cancellationToken);
        if (result is InvitationResult.Sent or InvitationResult.Open)
        {
            await RemoveAsync(request, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Says no; nobody is told.</summary>
    public async Task DenyAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        await RemoveAsync(request, cancellationToken);
        await audit.WriteAsync(new AuditEvent(context.Tenant, AuditEventKind.JoinRequestDenied, Detail: request.Id.ToString()), CancellationToken.None);
    }

    /// <summary>Notes a request, unless the address has one, an account or an open invitation. Nobody who asks learns which (I1).</summary>
    internal async Task AskAsync(EmailAddress email, string language, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isMember = await users.FindByEmailAsync(email, cancellationToken) is not null;
        var isInvited = await invitations.FindAsync(email, cancellationToken) is { } invitation && invitation.IsOpenAt(now);
        var isNoted = await context.Set<JoinRequest>().AnyAsync(r => r.NormalizedEmail == email.Normalized, cancellationToken);
        if (isMember || isInvited || isNoted || await context.Set<JoinRequest>().CountAsync(cancellationToken) >= Most)
        {
            return;
        }

        var id = Guid.CreateVersion7(now);
        context.Add(new JoinRequest { TenantId = context.Tenant, Id = id, Email = email.Value, NormalizedEmail = email.Normalized, Language = language, CreatedAt = now });
        audit.Add(context, new AuditEvent(context.Tenant, AuditEventKind.JoinRequested, Detail: id.ToString()));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Asked twice at once: the unique index kept one.
            context.ChangeTracker.Clear();
        }
    }

    private Task<int> RemoveAsync(JoinRequest request, CancellationToken cancellationToken) =>
        context.Set<JoinRequest>().Where(r => r.Id == request.Id).ExecuteDeleteAsync(cancellationToken);
}
