using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Wakes this node's sealing when one of its own transactions has written an event.</summary>
internal sealed class AuditSignal : SaveChangesInterceptor, IDisposable
{
    private readonly SemaphoreSlim _written = new(0, 1);

    /// <summary>Waits for an event, but no longer than this.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _written.WaitAsync(atMost, cancellationToken);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.ChangeTracker.Entries<AuditEntry>().Any(entry => entry.State is EntityState.Added) == true)
        {
            Wake();
        }

        return ValueTask.FromResult(result);
    }

    public void Dispose() => _written.Dispose();

    private void Wake()
    {
        try
        {
            if (_written.CurrentCount == 0)
            {
                _written.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }
}
