using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Audit.Retention;

/// <summary>Takes from the audit log what is too old: addresses out of events, and whole events from the beginning of the chain, whose head then says where it begins.</summary>
internal sealed class AuditRetention(DirectoryContext context, AuditKeys keys, AuditSealer sealer, IOptions<AuditOptions> options, TimeProvider time) : IUpkeep
{
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
        if (last <= head.BaseSequence || await HashAsync(last, cancellationToken) is not { } hash)
        {
            return;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var next = AuditHead.Of(keys, head.TenantId, last, hash, head.Sequence, head.Hash, head.SealedAt);
        if (await AuditSealer.MoveAsync(context, head, next, cancellationToken))
        {
            await context.Set<AuditEntry>().Where(entry => entry.Sequence <= last).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private Task<byte[]?> HashAsync(long sequence, CancellationToken cancellationToken) =>
        context.Set<AuditEntry>().Where(entry => entry.Sequence == sequence).Select(entry => entry.Hash).SingleOrDefaultAsync(cancellationToken);
}
