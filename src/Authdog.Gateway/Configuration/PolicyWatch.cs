using Authdog.Policies.Catalog;

namespace Authdog.Gateway.Configuration;

/// <summary>Puts changed policies into force while the gateway runs, and says what came of it.</summary>
internal sealed class PolicyWatch(PolicyCatalog catalog, PolicyAudit audit, TimeProvider time, ILogger<PolicyWatch> logger) : IHostedService, IDisposable
{
    private PolicyFolderWatcher? _watcher;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (catalog.Status.CheckedAt is null)
        {
            catalog.Reload();
        }

        catalog.Reloaded += Say;
        catalog.EvaluationFailed += SayFailure;
        _watcher = new PolicyFolderWatcher(catalog, time);
        _watcher.Failed += SayWatchFailed;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        catalog.Reloaded -= Say;
        catalog.EvaluationFailed -= SayFailure;
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _watcher, null)?.Dispose();

    private void Say(object? sender, PolicyLoadResult result)
    {
        if (result.Snapshot is { } snapshot)
        {
            ConfigurationLog.PoliciesReloaded(logger, catalog.Path, string.Join(", ", snapshot.Names));
        }

        foreach (var error in result.Errors)
        {
            ConfigurationLog.PoliciesRefused(logger, error.ToString());
        }

        audit.Reloaded(result);
    }

    private void SayWatchFailed(object? sender, Exception exception) => ConfigurationLog.PolicyWatchFailed(logger, exception);

    private void SayFailure(object? sender, Exception exception) => ConfigurationLog.PolicyFailed(logger, exception);
}
