using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Audit.Retention;

/// <summary>Takes from the audit log what is too old: addresses out of events, and whole events from the beginning of the chain, whose head then says where it begins.</summary>
internal sealed class AuditRetention(DirectoryContext context, AuditKeys keys, AuditSealer sealer, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditRetention> logger) : IUpkeep
{
    private const int Page = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lastWithAddress = now - options.Value.AddressRetention;
        await context.Set<AuditEntry>().Where(entry => entry.Address != null && entry.At < lastWithAddress)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Address, (string?)null).SetProperty(entry => entry.Salt, (byte[]?)null), cancellationToken);
        if (options.Value.Retention is { } retention)
        {
            await CutAsync(now - retention, cancellationToken);
        }
    }

    private async Task CutAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        if (await context.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } head || !sealer.IsOwn(head))
        {
            return;
        }

        // Up to the first that has to stay: the chain is cut at its beginning, never in between.
        var firstKept = await context.Set<AuditEntry>().Where(entry => entry.Sequence != null && entry.At >= oldest).MinAsync(entry => entry.Sequence, cancellationToken);
        var last = firstKept is { } kept ? kept - 1 : head.Sequence;
        if (last <= head.BaseSequence)
        {
            return;
        }

        // A date that somebody wrote into the database must not make the gateway itself throw away what they want gone, and vouch for the rest.
        var walk = new AuditWalk(keys, head.BaseSequence, head.BaseHash);
        if (await WalkAsync(walk, last, cancellationToken) is { } broken)
        {
            AuditChainLog.NotCut(logger, head.TenantId.Value, broken.Sequence, broken.What);
            return;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var next = AuditHead.Of(keys, head.TenantId, last, walk.Hash, head.Sequence, head.Hash, head.SealedAt);
        if (await AuditSealer.MoveAsync(context, head, next, cancellationToken))
        {
            await context.Set<AuditEntry>().Where(entry => entry.Sequence <= last).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task<AuditVerdict.Broken?> WalkAsync(AuditWalk walk, long last, CancellationToken cancellationToken)
    {
        while (walk.Sequence < last)
        {
            var at = walk.Sequence;
            var page = await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence > at && entry.Sequence <= last).OrderBy(entry => entry.Sequence).Take(Page).ToListAsync(cancellationToken);
            if (page.Select(walk.Step).FirstOrDefault(broken => broken is not null) is { } broken)
            {
                return broken;
            }

            if (page.Count == 0)
            {
                return new AuditVerdict.Broken(at + 1, null, "was removed, with all that followed");
            }
        }

        return null;
    }
}
