using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Adds, changes and deletes connections, and tells every node. Each change is one transaction with its audit event.</summary>
public sealed class ConnectionChanges(IDbContextFactory<DirectoryContext> contexts, Connections connections, EnforcedSessions enforced, AuditLog audit, InvalidationChannel invalidation, TimeProvider time, ILogger<ConnectionChanges> logger)
{
    /// <summary>Adds a connection. Its settings have been judged by its protocol.</summary>
    public async Task<ConnectionChange> AddAsync(Connection connection, CancellationToken cancellationToken)
    {
        var mistakes = Mistakes(connection).ToList();
        await using var context = Context(connection.TenantId);
        if (await context.Set<Connection>().CountAsync(cancellationToken) >= Connection.MaxPerTenant)
        {
            mistakes.Add($"AG5304 the tenant has {Connection.MaxPerTenant} connections, and more are not served. Delete one first.");
        }

        if (await context.Set<Connection>().AnyAsync(row => row.Slug == connection.Slug, cancellationToken))
        {
            mistakes.Add($"AG5305 there is a connection '{connection.Slug}' already. Choose another name, or change it by 'connection set'.");
        }

        if (mistakes.Count > 0)
        {
            return new ConnectionChange.Refused(mistakes);
        }

        context.Add(connection);
        return await SaveAsync(context, connection, "added", cancellationToken);
    }

    /// <summary>Changes a connection. Where it is demanded of its domains' people, what they began otherwise ends.</summary>
    public Task<ConnectionChange> SetAsync(TenantId tenant, string slug, Action<Connection> change, CancellationToken cancellationToken) =>
        SetAsync(tenant, slug, row => Apply(row, change), cancellationToken);

    /// <summary>The same by a change that says what is wrong with it; then nothing is written.</summary>
    internal async Task<ConnectionChange> SetAsync(TenantId tenant, string slug, Func<Connection, IReadOnlyList<string>> change, CancellationToken cancellationToken) =>
        await DemandAsync(await ChangeAsync(tenant, slug, change, cancellationToken), cancellationToken);

    /// <summary>Changes what a connection knows of its provider, as upkeep does: nothing about who has to sign in by it.</summary>
    internal Task<ConnectionChange> KeepAsync(TenantId tenant, string slug, Action<Connection> change, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, slug, row => Apply(row, change), cancellationToken);

    /// <summary>Deletes a connection. Who came by it is known no more by it; their sessions end as the caller chooses.</summary>
    public async Task<ConnectionChange> DeleteAsync(TenantId tenant, string slug, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        if (await context.Set<Connection>().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) is not { } connection)
        {
            return new ConnectionChange.Unknown();
        }

        foreach (var domain in await context.Set<TenantDomain>().Where(domain => domain.ConnectionId == connection.Id).ToListAsync(cancellationToken))
        {
            domain.ConnectionId = null;
        }

        var provider = $"connection:{connection.Id:N}";
        context.RemoveRange(await context.Set<Users.UserLogin>().Where(login => login.LoginProvider == provider).ToListAsync(cancellationToken));
        context.Remove(connection);
        return await SaveAsync(context, connection, "deleted", cancellationToken);
    }

    /// <summary>Leads the people of a domain to a connection, or with null to none. Takes effect while the domain is verified.</summary>
    public async Task<ConnectionChange> BindAsync(TenantId tenant, string domain, string? slug, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        var connection = slug is null ? null : await context.Set<Connection>().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken);
        if (slug is not null && connection is null)
        {
            return new ConnectionChange.Unknown();
        }

        if (await context.Set<TenantDomain>().SingleOrDefaultAsync(row => row.Domain == domain, cancellationToken) is not { } bound)
        {
            return new ConnectionChange.Refused([$"AG5306 '{domain}' is no domain of this tenant. Add it first: 'tenant domain add'."]);
        }

        connection ??= await context.Set<Connection>().SingleOrDefaultAsync(row => row.Id == bound.ConnectionId, cancellationToken);
        if (connection is null)
        {
            return new ConnectionChange.Refused([$"AG5307 '{domain}' is bound to no connection."]);
        }

        bound.ConnectionId = slug is null ? null : connection.Id;
        return await DemandAsync(await SaveAsync(context, connection, slug is null ? $"domain {domain} unbound" : $"domain {domain} bound", cancellationToken), cancellationToken);
    }

    /// <summary>Tells every node, this one too, that a tenant's connections or domains have changed.</summary>
    public async Task TellAsync(TenantId tenant)
    {
        connections.Forget(tenant);

        // Written: every node must hear of it, even if the caller goes away.
        await invalidation.PublishAsync(Connections.Topic, tenant.Value, CancellationToken.None);
    }

    /// <summary>Ends what the people of a domain, which a tenant has just proved to own, began otherwise than by the connection that is demanded of them.</summary>
    internal Task<int> DemandAsync(TenantDomain verified, CancellationToken cancellationToken) =>
        verified.ConnectionId is { } connection ? enforced.EndAsync(verified.TenantId, connection, cancellationToken) : Task.FromResult(0);

    // After the change is written: who signs in otherwise from here on is refused, so that what is left is what was begun before.
    private async Task<ConnectionChange> DemandAsync(ConnectionChange change, CancellationToken cancellationToken) =>
        change is ConnectionChange.Done { Connection: { Enabled: true, Enforced: true } demanded } done
            ? done with { EndedSessions = await enforced.EndAsync(demanded.TenantId, demanded.Id, cancellationToken) }
            : change;

    private static IReadOnlyList<string> Apply(Connection row, Action<Connection> change)
    {
        change(row);
        return [];
    }

    private async Task<ConnectionChange> ChangeAsync(TenantId tenant, string slug, Func<Connection, IReadOnlyList<string>> change, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        if (await context.Set<Connection>().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) is not { } connection)
        {
            return new ConnectionChange.Unknown();
        }

        var mistakes = change(connection).Concat(Mistakes(connection)).ToList();
        if (mistakes.Count > 0)
        {
            return new ConnectionChange.Refused(mistakes);
        }

        connection.UpdatedAt = time.GetUtcNow();
        return await SaveAsync(context, connection, "changed", cancellationToken);
    }

    private static IEnumerable<string> Mistakes(Connection connection)
    {
        if (!Connection.IsSlug(connection.Slug))
        {
            yield return $"AG5308 '{connection.Slug}' cannot be a connection's name. Use 1–{Connection.MaxSlug} of a–z, 0–9 and inner '-'.";
        }

        if (connection.Slug == Connection.Local)
        {
            yield return $"AG5312 a connection cannot be called '{Connection.Local}': policies call the gateway's own sign-in so. Choose another name.";
        }

        if (string.IsNullOrWhiteSpace(connection.Name) || connection.Name.Length > 100 || connection.Name.Any(char.IsControl))
        {
            yield return "AG5309 the connection's display name is empty, too long or not printable. Give 1 to 100 printable characters.";
        }

        foreach (var mistake in ConnectionMapping.Parse(connection.Mapping).Mistakes())
        {
            yield return mistake;
        }
    }

    private async Task<ConnectionChange> SaveAsync(DirectoryContext context, Connection connection, string what, CancellationToken cancellationToken)
    {
        audit.Add(context, new AuditEvent(connection.TenantId, AuditEventKind.ConnectionChanged, Detail: $"{connection.Slug}: {what}"));
        await context.SaveChangesAsync(cancellationToken);
        SsoLog.Changed(logger, connection.TenantId.Value, connection.Slug, what);
        await TellAsync(connection.TenantId);
        return new ConnectionChange.Done(connection);
    }

    private DirectoryContext Context(TenantId tenant)
    {
        var context = contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        return context;
    }
}
