using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Sso;

/// <summary>Ends what the people of a domain began otherwise before their connection was demanded of them: from then on nobody is signed in whom it does not vouch for. Who may pass by password when it is broken stays.</summary>
public sealed class EnforcedSessions(
    IDbContextFactory<DirectoryContext> contexts,
    Connections connections,
    SessionStore sessions,
    TenantCache tenants,
    OptionsOverlay<SsoOptions> options,
    AuditLog audit)
{
    private const int PageSize = 500;

    /// <summary>Ends them on every node and returns how many; none where the connection is not demanded, or of no domain.</summary>
    public async Task<int> EndAsync(TenantId tenant, Guid connection, CancellationToken cancellationToken)
    {
        if ((await connections.OfAsync(tenant, cancellationToken)).All.FirstOrDefault(one => one.Id == connection) is not { Enabled: true, Enforced: true } demanded)
        {
            return 0;
        }

        var sso = options.For(await tenants.FindAsync(tenant, cancellationToken));
        var ended = 0;
        foreach (var domain in demanded.Domains)
        {
            await foreach (var (user, email) in PeopleAsync(tenant, domain, cancellationToken))
            {
                ended += sso.IsBreakGlass(email) ? 0 : await EndAsync(tenant, user, demanded.Slug, cancellationToken);
            }
        }

        return ended;
    }

    private async Task<int> EndAsync(TenantId tenant, UserId user, string slug, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in await sessions.ListAsync(tenant, user, cancellationToken))
        {
            if (session.Factors.All(factor => factor.Method != ConnectionMethod.MethodName || factor.Connection != slug) && await sessions.RevokeAsync(session.Id, cancellationToken))
            {
                ended++;
            }
        }

        if (ended > 0)
        {
            await audit.WriteAsync(new AuditEvent(tenant, AuditEventKind.SessionsRevoked, user, Detail: $"{ended}: {slug} is demanded"), CancellationToken.None);
        }

        return ended;
    }

    private async IAsyncEnumerable<(UserId User, EmailAddress Email)> PeopleAsync(TenantId tenant, string domain, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        var end = "@" + domain.ToUpperInvariant();
        var after = Guid.Empty;
        for (var isMore = true; isMore;)
        {
            var page = await context.Set<User>().AsNoTracking()
                .Where(user => user.Id > after && user.NormalizedEmail!.EndsWith(end))
                .OrderBy(user => user.Id)
                .Select(user => new { user.Id, user.Email })
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                if (EmailAddress.TryParse(row.Email, out var email) && email.Domain == domain)
                {
                    yield return (new UserId(row.Id), email);
                }
            }

            isMore = page.Count == PageSize;
            after = isMore ? page[^1].Id : after;
        }
    }
}
