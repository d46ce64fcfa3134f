namespace Authdog.Policies.Catalog;

/// <summary>Reloads a catalog within a second of a change in its folder.</summary>
/// <remarks>
/// Notifications of the file system are a hint that makes it fast; comparing names, times and lengths twice a second is
/// what it relies on, since notifications can be exhausted, and network and mounted folders send none. It waits until the
/// files rest, so that a file in the middle of being saved is not read: while they keep changing, the current set stays.
/// </remarks>
public sealed class PolicyFolderWatcher : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ComparingInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly PolicyCatalog catalog;
    private readonly TimeProvider time;
    private readonly FileSystemWatcher? notifications;
    private readonly ITimer timer;
    private readonly Lock ticking = new();
    private int notified;
    private bool disposed;
    private PolicyFingerprint? seen;
    private long changedAt;
    private long comparedAt;
    private bool changed;

    /// <summary>Begins to watch at once. A change since the catalog's last <see cref="PolicyCatalog.Reload"/> counts.</summary>
    public PolicyFolderWatcher(PolicyCatalog catalog, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(time);
        this.catalog = catalog;
        this.time = time;
        seen = catalog.Fingerprint;
        comparedAt = time.GetTimestamp();
        notifications = Subscribe(catalog.Path);
        timer = time.CreateTimer(_ => OnTick(), null, Tick, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised when watching itself failed with an exception, for example one of a subscriber. Watching goes on.</summary>
    public event EventHandler<Exception>? Failed;

    /// <summary>Stops watching. No reload begins after it returns.</summary>
    public void Dispose()
    {
        lock (ticking)
        {
            disposed = true;
        }

        timer.Dispose();
        notifications?.Dispose();
    }

    private void OnTick()
    {
        lock (ticking)
        {
            if (disposed)
            {
                return;
            }

            try
            {
                Look();
            }
            catch (Exception exception)
            {
                Failed?.Invoke(this, exception);
            }

            timer.Change(Tick, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        var now = time.GetTimestamp();
        if (Interlocked.Exchange(ref notified, 0) != 0)
        {
            (changed, changedAt) = (true, now);
        }

        if (time.GetElapsedTime(comparedAt, now) >= ComparingInterval || (changed && time.GetElapsedTime(changedAt, now) >= Rest))
        {
            comparedAt = now;
            var current = catalog.Look();
            if (!current.Equals(seen))
            {
                seen = current;
                (changed, changedAt) = (true, now);
            }
        }

        if (changed && time.GetElapsedTime(changedAt, now) >= Rest)
        {
            changed = false;
            catalog.Reload();
            seen = catalog.Fingerprint;
        }
    }

    private FileSystemWatcher? Subscribe(string path)
    {
        try
        {
            var watcher = new FileSystemWatcher(path);
            watcher.Changed += (_, change) => Notify(change.Name);
            watcher.Created += (_, change) => Notify(change.Name);
            watcher.Deleted += (_, change) => Notify(change.Name);
            watcher.Renamed += (_, change) => Notify(change.Name);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // No folder yet, or no notifications left on this machine: comparing does it alone.
            return null;
        }
    }

    private void Notify(string? name)
    {
        if (name is not null
            && !Path.GetFileName(name).StartsWith('.')
            && (catalog.IsGated || !name.EndsWith(PolicyFiles.TestEnding, StringComparison.Ordinal))
            && Path.GetExtension(name) is ".yaml" or ".txt")
        {
            Volatile.Write(ref notified, 1);
        }
    }
}
