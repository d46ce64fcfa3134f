using System.Globalization;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tenants.Lifecycle;

/// <summary>Erases tenants whose grace is over: every row that a tenant owns, whatever feature it is of, and everything in the shared store. The id stays taken.</summary>
public sealed class TenantErasure
{
    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly TenantKeys _keys;
    private readonly SessionStore _sessions;
    private readonly TenantChanges _changes;
    private readonly AuditLog _audit;
    private readonly TenancyOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal TenantErasure(
        IDbContextFactory<DirectoryContext> contexts,
        TenantKeys keys,
        SessionStore sessions,
        TenantChanges changes,
        AuditLog audit,
        IOptions<TenancyOptions> options,
        TimeProvider time,
        ILogger<TenantErasure> logger)
    {
        (_contexts, _keys, _sessions, _changes, _audit, _options, _time, _logger) = (contexts, keys, sessions, changes, audit, options.Value, time, logger);
    }

    /// <summary>Erases all that are due, and returns their ids.</summary>
    public async Task<IReadOnlyList<TenantId>> RunAsync(CancellationToken cancellationToken)
    {
        var due = _time.GetUtcNow() - _options.DeletionGrace;
        await using var context = _contexts.CreateDbContext();
        var tenants = await context.Set<Tenant>().Where(tenant => tenant.State == TenantState.Deleted && tenant.StateSince <= due).Select(tenant => tenant.Id).ToListAsync(cancellationToken);
        foreach (var tenant in tenants)
        {
            await EraseAsync(tenant, cancellationToken);
        }

        return tenants;
    }

    private async Task EraseAsync(TenantId id, CancellationToken cancellationToken)
    {
        // The store first: whatever fails below is found and done again in an hour, as the tenant is still there to be erased.
        await _sessions.EraseAsync(id, cancellationToken);
        await _keys.EraseAsync(id, cancellationToken);

        await using var context = _contexts.CreateDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var entity in DependentsFirst(context.Model))
        {
            var table = entity.GetTableName()!;
            var column = entity.FindProperty(nameof(ITenantOwned.TenantId))!.GetColumnName();
            var sql = string.Create(CultureInfo.InvariantCulture, $"DELETE FROM \"{table}\" WHERE \"{column}\" = {{0}}");
            await context.Database.ExecuteSqlRawAsync(sql, [id.Value], cancellationToken);
        }

        var tenant = await context.Set<Tenant>().SingleAsync(tenant => tenant.Id == id, cancellationToken);
        (tenant.Name, tenant.Settings, tenant.State, tenant.StateSince) = (id.Value, null, TenantState.Erased, _time.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        await _changes.TellAsync(id);
        await _audit.WriteAsync(new AuditEvent(TenantId.Default, AuditEventKind.TenantErased, Detail: id.Value), CancellationToken.None);
        TenantsLog.Erased(_logger, id.Value);
    }

    private static IEnumerable<IEntityType> DependentsFirst(IModel model)
    {
        var left = model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned)) && entity.BaseType is null).ToList();
        while (left.Count > 0)
        {
            // Nothing that is left refers to it; should entities ever refer to each other in a ring, the database's own rules decide.
            var next = left.Find(entity => !left.Exists(other => other != entity && other.GetForeignKeys().Any(key => key.PrincipalEntityType == entity))) ?? left[0];
            left.Remove(next);
            yield return next;
        }
    }
}
