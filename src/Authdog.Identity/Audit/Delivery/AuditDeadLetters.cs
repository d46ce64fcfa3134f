using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Sends again what streams did not take.</summary>
public sealed class AuditDeadLetters
{
    private readonly IDbContextFactory<DirectoryContext> _contexts;
    private readonly IReadOnlyList<IAuditStream> _streams;

    internal AuditDeadLetters(IDbContextFactory<DirectoryContext> contexts, IEnumerable<IAuditStream> streams) => (_contexts, _streams) = (contexts, [.. streams]);

    /// <summary>Sends all of a tenant's that were set aside, oldest first; stops at the first that is not taken.</summary>
    /// <returns>How many events were taken, how many batches still wait, and what the stream said that did not take one.</returns>
    public async Task<(int Sent, int Left, string? Reason)> ResendAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var context = _contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        var letters = await context.Set<AuditDeadLetter>().OrderBy(letter => letter.Id).ToListAsync(cancellationToken);
        var (sent, done, reason) = (0, 0, (string?)null);
        foreach (var letter in letters)
        {
            try
            {
                sent += await SendAsync(context, letter, cancellationToken);
            }
            catch (AuditDeliveryException exception)
            {
                reason = $"{letter.Stream}: {exception.Message}";
                break;
            }

            // Each by itself: what was taken is not sent again because a later one was not.
            context.Remove(letter);
            await context.SaveChangesAsync(cancellationToken);
            done++;
        }

        return (sent, letters.Count - done, reason);
    }

    private async Task<int> SendAsync(DirectoryContext context, AuditDeadLetter letter, CancellationToken cancellationToken)
    {
        var stream = _streams.FirstOrDefault(stream => stream.Name == letter.Stream) ?? throw new AuditDeliveryException("is not configured any more");
        var entries = await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence >= letter.First && entry.Sequence <= letter.Last).OrderBy(entry => entry.Sequence).ToListAsync(cancellationToken);
        if (entries.Count > 0)
        {
            await stream.DeliverAsync(letter.TenantId, entries, cancellationToken);
        }

        return entries.Count;
    }
}
