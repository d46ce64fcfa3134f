using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Gives entries that wait their place in their tenant's chain, in batches. Writers never wait for it, and of several nodes that seal at once one wins.</summary>
/// <remarks>The order is that of sealing: an entry of a transaction that took long comes after those that were committed before it, and nobody who reads by sequence misses it.</remarks>
public sealed class AuditSealer
{
    private const int Batch = 500;

    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly AuditKeys _keys;
    private readonly TimeProvider _time;

    internal AuditSealer(IDbContextFactory<DirectoryContext> contexts, AuditKeys keys, TimeProvider time) => (_contexts, _keys, _time) = (contexts, keys, time);

    /// <summary>Seals all that waits, in every tenant; returns how many entries that were.</summary>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        await using var context = _contexts.CreateDbContext();
        var tenants = await context.Set<AuditEntry>().IgnoreQueryFilters([DirectoryContext.TenantFilter])
            .Where(entry => entry.Sequence == null && entry.Digest != null)
            .Select(entry => entry.TenantId).Distinct().ToListAsync(cancellationToken);
        var all = 0;
        foreach (var tenant in tenants)
        {
            int count;
            do
            {
                all += count = await SealAsync(tenant, cancellationToken);
            }
            while (count == Batch);
        }

        return all;
    }

    // 0 when there is nothing to do, and when another node was first: it seals the same entries.
    private async Task<int> SealAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var context = _contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var head = await context.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (head is not null && !IsOwn(head))
        {
            // Going on from a forged end would sign it. What waits goes on waiting, and verify says why.
            return 0;
        }

        var waiting = await context.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.Sequence == null && entry.Digest != null)
            .OrderBy(entry => entry.Id).Take(Batch)
            .Select(entry => new { entry.Id, entry.Digest }).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var (sequence, hash) = head is null ? (0, AuditDigest.Beginning(tenant)) : (head.Sequence, head.Hash);
        var links = new List<(Guid Id, long Sequence, byte[] Hash)>(waiting.Count);
        foreach (var entry in waiting)
        {
            sequence++;
            hash = AuditDigest.Link(hash, sequence, entry.Digest);
            links.Add((entry.Id, sequence, hash));
        }

        var next = AuditHead.Of(_keys, tenant, head?.BaseSequence ?? 0, head?.BaseHash ?? AuditDigest.Beginning(tenant), sequence, hash, _time.GetUtcNow());

        // The head first: of two nodes one waits here, and then finds it moved.
        if (!await MoveAsync(context, head, next, cancellationToken))
        {
            return 0;
        }

        foreach (var link in links)
        {
            await context.Set<AuditEntry>().Where(entry => entry.Id == link.Id && entry.Sequence == null)
                .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Sequence, link.Sequence).SetProperty(entry => entry.Hash, link.Hash), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return links.Count;
    }

    /// <summary>Whether the head is one that this gateway has made.</summary>
    internal bool IsOwn(AuditHead head) => CryptographicOperations.FixedTimeEquals(
        AuditDigest.OfHead(_keys.Heads, head.TenantId, head.BaseSequence, head.BaseHash, head.Sequence, head.Hash), head.Mac);

    /// <summary>Puts a head in the place of the one that was read; false when another node has moved it meanwhile.</summary>
    internal static async Task<bool> MoveAsync(DirectoryContext context, AuditHead? read, AuditHead next, CancellationToken cancellationToken)
    {
        if (read is not null)
        {
            return await context.Set<AuditHead>().Where(head => head.Sequence == read.Sequence && head.BaseSequence == read.BaseSequence)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(head => head.Sequence, next.Sequence)
                        .SetProperty(head => head.Hash, next.Hash)
                        .SetProperty(head => head.BaseSequence, next.BaseSequence)
                        .SetProperty(head => head.BaseHash, next.BaseHash)
                        .SetProperty(head => head.SealedAt, next.SealedAt)
                        .SetProperty(head => head.Mac, next.Mac),
                    cancellationToken) > 0;
        }

        context.Add(next);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }
}
