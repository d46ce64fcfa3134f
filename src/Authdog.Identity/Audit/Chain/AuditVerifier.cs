using System.Globalization;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Walks a tenant's chain from its beginning to its end, and names the first entry that was changed, removed, inserted or moved.</summary>
/// <remarks>
/// Whoever has the database and not the master key can do none of that unseen, but one thing: put back an older state of all tables.
/// A head that was noted elsewhere, or an event in a stream, shows that too.
/// </remarks>
public sealed class AuditVerifier
{
    private const int Page = 1000;

    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly AuditSealer _sealer;
    private readonly AuditKeys _keys;

    internal AuditVerifier(IDbContextFactory<DirectoryContext> contexts, AuditSealer sealer, AuditKeys keys) => (_contexts, _sealer, _keys) = (contexts, sealer, keys);

    /// <summary>Verifies a chain.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="noted">A head that was noted before (<see cref="AuditVerdict.Intact.Head"/>); null for none.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async Task<AuditVerdict> VerifyAsync(TenantId tenant, string? noted, CancellationToken cancellationToken)
    {
        await _sealer.SealAsync(cancellationToken);
        await using var context = _contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        var entries = context.Set<AuditEntry>().AsNoTracking();
        var head = await context.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (head is null)
        {
            return await entries.Where(entry => entry.Digest != null || entry.Sequence != null).OrderBy(entry => entry.Sequence).Select(entry => entry.Id).FirstOrDefaultAsync(cancellationToken) is var first && first != Guid.Empty
                ? new AuditVerdict.Broken(null, first, "the end of the chain was removed")
                : noted is null ? AuditVerdict.Empty.Instance : new AuditVerdict.Broken(null, null, "the whole chain was removed");
        }

        if (!_sealer.IsOwn(head))
        {
            return new AuditVerdict.Broken(null, null, "the end of the chain was changed, and is not what the gateway wrote");
        }

        var walk = new AuditWalk(_keys, head.BaseSequence, head.BaseHash, noted);
        while (true)
        {
            // What is sealed while it is read belongs to the next time.
            var at = walk.Sequence;
            var page = await entries.Where(entry => entry.Sequence > at && entry.Sequence <= head.Sequence).OrderBy(entry => entry.Sequence).Take(Page).ToListAsync(cancellationToken);
            foreach (var entry in page)
            {
                if (walk.Step(entry) is { } broken)
                {
                    return broken;
                }
            }

            if (page.Count < Page)
            {
                break;
            }
        }

        return await StrayAsync(context, head, cancellationToken) ?? walk.End(head);
    }

    private static async Task<AuditVerdict?> StrayAsync(DirectoryContext context, AuditHead head, CancellationToken cancellationToken)
    {
        var stray = await context.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.Sequence <= head.BaseSequence || entry.Sequence > head.Sequence).OrderBy(entry => entry.Sequence).FirstOrDefaultAsync(cancellationToken);

        // What was sealed, or thrown away by age, since the head was read is no stray.
        return stray is null || !await context.Set<AuditHead>().AnyAsync(now => now.Sequence == head.Sequence && now.BaseSequence == head.BaseSequence, cancellationToken)
            ? null
            : new AuditVerdict.Broken(stray.Sequence, stray.Id, "was inserted outside of the chain");
    }
}
