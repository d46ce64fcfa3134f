using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Adds domains to a tenant, has it prove by a DNS record that they are its own, and takes them away. Each change is one transaction with its audit event, and every node is told.</summary>
public sealed class DomainVerification
{
    private const int MaxPerTenant = 100;
    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly TxtResolver _resolver;
    private readonly ConnectionChanges _connections;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal DomainVerification(IDbContextFactory<DirectoryContext> contexts, TxtResolver resolver, ConnectionChanges connections, AuditLog audit, TimeProvider time, ILogger<DomainVerification> logger) =>
        (_contexts, _resolver, _connections, _audit, _time, _logger) = (contexts, resolver, connections, audit, time, logger);

    /// <summary>All domains of a tenant by name, verified or not.</summary>
    public async Task<IReadOnlyList<TenantDomain>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        return await context.Set<TenantDomain>().AsNoTracking().OrderBy(domain => domain.Domain).ToListAsync(cancellationToken);
    }

    /// <summary>Adds a domain, which means nothing until it is verified. Of one that is there already the token stays.</summary>
    public async Task<DomainChange> AddAsync(TenantId tenant, string text, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(text, out var domain))
        {
            return Refuse(DomainRefusal.NotADomain, $"AG5610 '{text}' is no domain. Give one such as example.com, without a scheme, a path or an @.");
        }

        if (domain.IsShared)
        {
            return Refuse(DomainRefusal.Shared, $"AG5611 '{domain}' is nobody's own: people of many organizations have addresses or names there. Give a domain that this organization has registered.");
        }

        await using var context = Context(tenant);
        if (await FindAsync(context, domain, cancellationToken) is { } known)
        {
            return new DomainChange.Done(known);
        }

        if (await context.Set<TenantDomain>().CountAsync(cancellationToken) >= MaxPerTenant)
        {
            return Refuse(DomainRefusal.TooMany, $"AG5612 the tenant has {MaxPerTenant} domains, which is the most there can be. Remove one first.");
        }

        var added = new TenantDomain { TenantId = tenant, Domain = domain.Value, Token = DomainChallenge.NewToken(), CreatedAt = _time.GetUtcNow() };
        context.Add(added);
        _audit.Add(context, new AuditEvent(tenant, AuditEventKind.DomainAdded, Detail: domain.Value));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return new DomainChange.Done(added);
        }
        catch (DbUpdateException)
        {
            // Two at once: the first one's token is the one to publish.
            await using var again = Context(tenant);
            return await FindAsync(again, domain, cancellationToken) is { } winner ? new DomainChange.Done(winner) : throw new InvalidOperationException("The domain could not be added.");
        }
    }

    /// <summary>Looks the record up, and gives the tenant the domain when it is there. Of one that is verified already, it is looked up again.</summary>
    public async Task<DomainChange> VerifyAsync(TenantId tenant, string text, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        if (!DomainName.TryParse(text, out var domain) || await FindAsync(context, domain, cancellationToken) is not { } row)
        {
            return NotAdded(text);
        }

        var name = DomainChallenge.NameOf(row.Domain);
        switch (await _resolver.FindAsync(name, cancellationToken))
        {
            case TxtAnswer.Unknown unknown:
                return Refuse(DomainRefusal.Unanswered, $"AG5614 the TXT records of {name} could not be read: {unknown.Reason}. Try again in a minute.");
            case TxtAnswer.Texts texts when !DomainChallenge.IsMet(texts.All, row.Token):
                var found = texts.All.Count == 0 ? "there is none" : $"{texts.All.Count} other are there";
                return Refuse(DomainRefusal.RecordMissing, $"AG5615 {name} has no TXT record {DomainChallenge.TextOf(row.Token)} ({found}). A new record can take an hour to be seen everywhere.");
            default:
                return await HoldAsync(context, row, cancellationToken);
        }
    }

    /// <summary>Says what the domain does once it is verified.</summary>
    public async Task<DomainChange> SetAsync(TenantId tenant, string text, DomainWishes wishes, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        if (!DomainName.TryParse(text, out var domain) || await FindAsync(context, domain, cancellationToken) is not { } row)
        {
            return NotAdded(text);
        }

        if (wishes.JoinRoles is { } roles)
        {
            var known = await context.Set<Role>().Select(role => role.Name!).ToListAsync(cancellationToken);
            if (roles.Count > TenantDomain.MaxRoles || roles.Except(known, StringComparer.OrdinalIgnoreCase).Any())
            {
                return Refuse(DomainRefusal.UnknownRole, $"AG5617 who joins by '{row.Domain}' shall get {string.Join(", ", roles.Take(TenantDomain.MaxRoles))}. Give at most {TenantDomain.MaxRoles} roles that there are; 'role list' shows them, 'role set' makes one.");
            }

            row.JoinRoles = [.. known.Intersect(roles, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        }

        (row.Capture, row.Join) = (wishes.Capture ?? row.Capture, wishes.Join ?? row.Join);
        return await SaveAsync(context, row, context.Entry(row).State is EntityState.Modified ? AuditEventKind.DomainChanged : null, cancellationToken);
    }

    /// <summary>Takes a domain away at once: nothing leads by it any more.</summary>
    public async Task<DomainChange> RemoveAsync(TenantId tenant, string text, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        if (!DomainName.TryParse(text, out var domain) || await FindAsync(context, domain, cancellationToken) is not { } row)
        {
            return NotAdded(text);
        }

        context.Remove(row);
        return await SaveAsync(context, row, AuditEventKind.DomainRemoved, cancellationToken);
    }

    private static DomainChange.Refused Refuse(DomainRefusal reason, string text) => new(reason, text);

    private static DomainChange.Refused NotAdded(string text) => Refuse(DomainRefusal.NotAdded, $"AG5613 '{text}' is no domain of this tenant. 'tenant domain list' shows all; 'tenant domain add' adds one.");

    private static Task<TenantDomain?> FindAsync(DirectoryContext context, DomainName domain, CancellationToken cancellationToken) =>
        context.Set<TenantDomain>().SingleOrDefaultAsync(row => row.Domain == domain.Value, cancellationToken);

    // Asked after the DNS: only who can write there learns whether somebody else holds the domain. Of two at once the index lets one in.
    private async Task<DomainChange> HoldAsync(DirectoryContext context, TenantDomain row, CancellationToken cancellationToken)
    {
        var isNew = row.VerifiedAt is null;
        var now = _time.GetUtcNow();
        (row.VerifiedAt, row.CheckedAt, row.MissingSince) = (row.VerifiedAt ?? now, now, null);
        try
        {
            var done = await SaveAsync(context, row, isNew ? AuditEventKind.DomainVerified : null, cancellationToken);
            if (isNew)
            {
                DomainsLog.Verified(_logger, row.TenantId.Value, row.Domain);
                await _connections.DemandAsync(row, cancellationToken);
            }

            return done;
        }
        catch (DbUpdateException) when (isNew)
        {
            return Refuse(DomainRefusal.HeldElsewhere, $"AG5616 '{row.Domain}' is verified by another tenant, which holds it. Remove it there first.");
        }
    }

    private async Task<DomainChange> SaveAsync(DirectoryContext context, TenantDomain row, AuditEventKind? kind, CancellationToken cancellationToken)
    {
        if (kind is { } happened)
        {
            _audit.Add(context, new AuditEvent(row.TenantId, happened, Detail: happened is AuditEventKind.DomainChanged ? $"{row.Domain}: capture {On(row.Capture)}, join {On(row.Join)} {string.Join(' ', row.JoinRoles)}".TrimEnd() : row.Domain));
        }

        await context.SaveChangesAsync(cancellationToken);
        await _connections.TellAsync(row.TenantId);
        return new DomainChange.Done(row);
    }

    private static string On(bool value) => value ? "on" : "off";

    private DirectoryContext Context(TenantId tenant)
    {
        var context = _contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        return context;
    }
}
