using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Reads a tenant's events in the order of the chain. A place that was read once stays where it is: the <c>sequence</c> of the last one is the cursor for what follows.</summary>
public sealed class AuditReader
{
    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly AuditSealer _sealer;

    internal AuditReader(IDbContextFactory<DirectoryContext> contexts, AuditSealer sealer) => (_contexts, _sealer) = (contexts, sealer);

    /// <summary>The events that were asked for.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(TenantId tenant, AuditQuery query, CancellationToken cancellationToken)
    {
        await _sealer.SealAsync(cancellationToken);
        await using var context = _contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        var found = Filter(context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence != null), query);
        found = (query.NewestFirst, query.Cursor) switch
        {
            (true, { } cursor) => found.Where(entry => entry.Sequence < cursor).OrderByDescending(entry => entry.Sequence),
            (true, null) => found.OrderByDescending(entry => entry.Sequence),
            (false, { } cursor) => found.Where(entry => entry.Sequence > cursor).OrderBy(entry => entry.Sequence),
            (false, null) => found.OrderBy(entry => entry.Sequence),
        };
        return await found.Take(Math.Clamp(query.Limit, 1, AuditQuery.MaxLimit)).ToListAsync(cancellationToken);
    }

    private static IQueryable<AuditEntry> Filter(IQueryable<AuditEntry> entries, AuditQuery query)
    {
        if (query.User is { Value: var user })
        {
            entries = entries.Where(entry => entry.UserId == user || entry.ActorId == user);
        }

        if (query.Kinds is { Count: > 0 } kinds)
        {
            entries = entries.Where(entry => kinds.Contains(entry.Kind));
        }

        if (query.Since is { } since)
        {
            entries = entries.Where(entry => entry.At >= since);
        }

        if (query.Until is { } until)
        {
            entries = entries.Where(entry => entry.At < until);
        }

        if (query.Address is { } address)
        {
            entries = entries.Where(entry => entry.Address == address);
        }

        return query.Decision is { } decision ? entries.Where(entry => entry.DecisionId == decision) : entries;
    }
}
