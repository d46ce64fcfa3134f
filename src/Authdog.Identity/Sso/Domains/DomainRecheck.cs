using Authdog.Identity.Audit;
using Authdog.Identity.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Looks at verified domains again: one whose record stayed away for the grace is the tenant's no more. A name server that cannot say changes nothing, so that nobody loses a domain because theirs are attacked.</summary>
internal sealed class DomainRecheck(DirectoryContext context, TxtResolver resolver, ConnectionChanges connections, AuditLog audit, IOptions<DomainOptions> options, TimeProvider time, ILogger<DomainRecheck> logger) : IUpkeep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow() - options.Value.RecheckInterval;
        foreach (var row in await context.Set<TenantDomain>().Where(domain => domain.VerifiedAt != null && (domain.CheckedAt == null || domain.CheckedAt <= due)).ToListAsync(cancellationToken))
        {
            // One node looks.
            var now = time.GetUtcNow();
            if (await context.Set<TenantDomain>().Where(domain => domain.Domain == row.Domain && domain.CheckedAt == row.CheckedAt).ExecuteUpdateAsync(set => set.SetProperty(domain => domain.CheckedAt, now), cancellationToken) == 0)
            {
                continue;
            }

            row.CheckedAt = now;
            var answer = await resolver.FindAsync(DomainChallenge.NameOf(row.Domain), cancellationToken);
            var isLost = Judge(row, answer);
            try
            {
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Removed meanwhile.
                context.ChangeTracker.Clear();
                continue;
            }

            if (isLost)
            {
                await connections.TellAsync(row.TenantId);
            }
        }
    }

    private bool Judge(TenantDomain row, TxtAnswer answer)
    {
        switch (answer)
        {
            case TxtAnswer.Unknown unknown:
                DomainsLog.Unanswered(logger, row.TenantId.Value, row.Domain, unknown.Reason);
                return false;
            case TxtAnswer.Texts texts when DomainChallenge.IsMet(texts.All, row.Token):
                row.MissingSince = null;
                return false;
            default:
                return Miss(row);
        }
    }

    private bool Miss(TenantDomain row)
    {
        var now = time.GetUtcNow();
        if (row.MissingSince is null)
        {
            row.MissingSince = now;
            audit.Add(context, new AuditEvent(row.TenantId, AuditEventKind.DomainMissing, Detail: row.Domain));
            DomainsLog.Missing(logger, row.TenantId.Value, row.Domain, now + options.Value.Grace);
        }

        if (now - row.MissingSince < options.Value.Grace)
        {
            return false;
        }

        (row.VerifiedAt, row.MissingSince) = (null, null);
        audit.Add(context, new AuditEvent(row.TenantId, AuditEventKind.DomainLost, Detail: row.Domain));
        DomainsLog.Lost(logger, row.TenantId.Value, row.Domain);
        return true;
    }
}
