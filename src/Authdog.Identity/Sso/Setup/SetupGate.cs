using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Opens an invitation to whoever has its link, and asks at each page whether it is still open: one that was revoked is over at once.</summary>
internal sealed class SetupGate(SetupInvites invites, SetupSession session, Connections connections, CounterStore counters, CurrentTenant tenant, PageRenderer pages)
{
    private const int MaxTries = 100;

    /// <summary>The invitation that this browser has opened; null when there is none any more.</summary>
    public async Task<SetupStep?> FindAsync(HttpContext context) =>
        session.Find(context, tenant.Id) is var (slug, secret) ? await FindAsync(slug, secret, context.RequestAborted) : null;

    /// <summary>The invitation of a link.</summary>
    public async Task<SetupStep?> FindAsync(string slug, string secret, CancellationToken cancellationToken) =>
        await invites.FindAsync(tenant.Id, slug, secret, cancellationToken) is { } invite && (await connections.OfAsync(tenant.Id, cancellationToken)).Find(slug) is { } connection
            ? new SetupStep(invite, connection)
            : null;

    /// <summary>Writes down how far somebody has come.</summary>
    public Task UpdateAsync(SetupStep step, Func<SetupInvite, SetupInvite> change, CancellationToken cancellationToken) =>
        invites.UpdateAsync(tenant.Id, step.Connection.Slug, step.Invite.SecretHash, change, cancellationToken);

    /// <summary>Counts what makes this gateway ask somebody else; false when the invitation has had its share for an hour.</summary>
    public async Task<bool> MayTryAsync(SetupStep step, CancellationToken cancellationToken) =>
        await counters.IncrementAsync(tenant.Id, "setup", step.Invite.SecretHash, TimeSpan.FromHours(1), cancellationToken) <= MaxTries;

    /// <summary>Says that the link is over.</summary>
    public IResult Over(HttpContext context)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, StatusCodes.Status404NotFound, ("Title", texts["Setup.OverTitle"]), ("Text", texts["Setup.OverText"]));
    }
}
