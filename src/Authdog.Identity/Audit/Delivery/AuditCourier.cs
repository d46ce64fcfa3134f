using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Brings sealed events to the streams, each tenant's in order. How far each stream is, stands in the database: a restart loses nothing, and of several nodes one carries a batch.</summary>
/// <remarks>A stream begins with what happens from its first start on; what was before, <c>audit list</c> shows. A node that dies between handing over and noting it makes a batch come twice.</remarks>
internal sealed class AuditCourier(IDbContextFactory<DirectoryContext> contexts, IEnumerable<IAuditStream> streams, TimeProvider time, ILogger<AuditCourier> logger)
{
    public const int Batch = 100;
    private const int Tenants = 200;
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    /// <summary>Whether there is anything to do at all.</summary>
    public bool HasStreams => streams.Any();

    /// <summary>Brings each stream what is due; returns how many events that were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var delivered = 0;
        foreach (var stream in streams)
        {
            foreach (var tenant in await BehindAsync(stream, cancellationToken))
            {
                int count;
                do
                {
                    delivered += count = await DeliverAsync(stream, tenant, cancellationToken);
                }
                while (count == Batch);
            }
        }

        return delivered;
    }

    private async Task<IReadOnlyList<TenantId>> BehindAsync(IAuditStream stream, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        var deliveries = context.Set<AuditDelivery>().IgnoreQueryFilters([DirectoryContext.TenantFilter]).Where(delivery => delivery.Stream == stream.Name);
        var heads = context.Set<AuditHead>().IgnoreQueryFilters([DirectoryContext.TenantFilter]);
        if (!await deliveries.AnyAsync(cancellationToken))
        {
            await BeginAsync(stream, await heads.AsNoTracking().ToListAsync(cancellationToken), cancellationToken);
            return [];
        }

        var now = time.GetUtcNow();
        return await heads
            .Where(head => !deliveries.Any(delivery => delivery.TenantId == head.TenantId && (delivery.Sequence >= head.Sequence || delivery.NotBefore > now)))
            .OrderBy(head => head.TenantId).Select(head => head.TenantId).Take(Tenants).ToListAsync(cancellationToken);
    }

    // The default tenant's row says that the stream has begun: a tenant that comes later begins at its first event.
    private async Task BeginAsync(IAuditStream stream, IReadOnlyList<AuditHead> heads, CancellationToken cancellationToken)
    {
        var ends = heads.ToDictionary(head => head.TenantId, head => head.Sequence);
        ends.TryAdd(TenantId.Default, 0);
        foreach (var (tenant, sequence) in ends)
        {
            await StartAsync(stream, tenant, sequence, cancellationToken);
        }
    }

    private async Task StartAsync(IAuditStream stream, TenantId tenant, long sequence, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        context.Add(new AuditDelivery { TenantId = tenant, Stream = stream.Name, Sequence = sequence, NotBefore = time.GetUtcNow() });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another node was first.
        }
    }

    private async Task<int> DeliverAsync(IAuditStream stream, TenantId tenant, CancellationToken cancellationToken)
    {
        await using var context = Context(tenant);
        var mine = context.Set<AuditDelivery>().Where(delivery => delivery.Stream == stream.Name);
        if (await mine.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } delivery)
        {
            await StartAsync(stream, tenant, 0, cancellationToken);
            delivery = await mine.AsNoTracking().SingleAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        var until = now + s_claim;
        if (await mine.Where(row => row.Sequence == delivery.Sequence && row.NotBefore <= now).ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, until), cancellationToken) == 0)
        {
            return 0;
        }

        var entries = await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence > delivery.Sequence).OrderBy(entry => entry.Sequence).Take(Batch).ToListAsync(cancellationToken);
        if (entries.Count == 0)
        {
            return 0;
        }

        try
        {
            await stream.DeliverAsync(tenant, entries, cancellationToken);
        }
        catch (AuditDeliveryException exception)
        {
            await FailAsync(context, stream, delivery, entries, exception.Message, cancellationToken);
            return 0;
        }

        await MoveAsync(mine, delivery, entries[^1].Sequence!.Value, 0, now, cancellationToken);
        return entries.Count;
    }

    private async Task FailAsync(DirectoryContext context, IAuditStream stream, AuditDelivery delivery, List<AuditEntry> entries, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = delivery.Failures + 1;
        var mine = context.Set<AuditDelivery>().Where(row => row.Stream == stream.Name);
        if (stream.Attempts is not { } most || failures < most)
        {
            AuditDeliveryLog.Failed(logger, stream.Name, delivery.TenantId.Value, failures, reason);
            await MoveAsync(mine, delivery, delivery.Sequence, failures, now + Pause(failures), cancellationToken);
            return;
        }

        AuditDeliveryLog.SetAside(logger, stream.Name, delivery.TenantId.Value, entries[0].Sequence!.Value, entries[^1].Sequence!.Value, reason);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await MoveAsync(mine, delivery, entries[^1].Sequence!.Value, 0, now, cancellationToken))
        {
            context.Add(new AuditDeadLetter
            {
                TenantId = delivery.TenantId,
                Id = Guid.CreateVersion7(now),
                Stream = stream.Name,
                First = entries[0].Sequence!.Value,
                Last = entries[^1].Sequence!.Value,
                At = now,
                Reason = reason.Length > AuditDeliveryConfiguration.MaxReason ? reason[..AuditDeliveryConfiguration.MaxReason] : reason,
            });
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<bool> MoveAsync(IQueryable<AuditDelivery> mine, AuditDelivery from, long sequence, int failures, DateTimeOffset notBefore, CancellationToken cancellationToken) =>
        await mine.Where(row => row.Sequence == from.Sequence)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sequence, sequence).SetProperty(row => row.Failures, failures).SetProperty(row => row.NotBefore, notBefore), cancellationToken) > 0;

    private static TimeSpan Pause(int failures) => failures > 20 ? s_longestPause : TimeSpan.FromTicks(Math.Min(s_longestPause.Ticks, s_firstPause.Ticks << (failures - 1)));

    private DirectoryContext Context(TenantId tenant)
    {
        var context = contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        return context;
    }
}
