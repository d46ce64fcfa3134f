using Authdog.Gateway.Access.Geo;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Policies.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Gateway.Diagnostics;

/// <summary>Asks the store, the database and the policies how they are.</summary>
internal sealed class Readiness(IServiceProvider services, PolicyCatalog policies, GeoDatabases geo, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks all of them; none is waited for longer than two seconds.</summary>
    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        var standby = services.GetRequiredService<SessionStore>().HasStandby;
        var store = standby
            ? CheckAsync("The session store does not answer: who signs in now is kept in the directory, who signed in before is not known.", StoreAsync, cancellationToken, "degraded")
            : CheckAsync("The session store does not answer.", StoreAsync, cancellationToken);
        var database = CheckAsync("The directory database does not answer.", DatabaseAsync, cancellationToken);
        var checks = new Dictionary<string, ReadinessCheck> { ["store"] = await store, ["database"] = await database, ["policies"] = Policies() };
        var status = checks.Values.Any(check => check.Status == "unavailable") ? "unavailable"
            : checks.Values.Any(check => check.Status == "degraded") ? "degraded"
            : "ready";
        return new ReadinessReport(status, checks);
    }

    private async Task<ReadinessCheck> CheckAsync(string problem, Func<CancellationToken, Task<bool>> check, CancellationToken cancellationToken, string failed = "unavailable")
    {
        try
        {
            return await check(cancellationToken).WaitAsync(s_patience, time, cancellationToken) ? ReadinessCheck.Ok : new ReadinessCheck(failed, [problem]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The reason may name hosts and users: it is in the log of whoever uses the store, not here.
            return new ReadinessCheck(failed, [problem]);
        }
    }

    private async Task<bool> StoreAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<CounterStore>().ReadAsync(TenantId.Default, "health", "readyz", cancellationToken);
        return true;
    }

    private async Task<bool> DatabaseAsync(CancellationToken cancellationToken)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Database.CanConnectAsync(cancellationToken);
    }

    private ReadinessCheck Policies()
    {
        var status = policies.Status;
        return status switch
        {
            { LoadedAt: null } => new ReadinessCheck("unavailable", ["No set of policies has been loaded."]),
            { IsDegraded: true } => new ReadinessCheck("degraded", [.. status.Errors.Select(error => error.ToString()), .. GeoProblems()]),
            _ when GeoProblems().Any() => new ReadinessCheck("degraded", [.. GeoProblems()]),
            _ => ReadinessCheck.Ok,
        };
    }

    private IEnumerable<string> GeoProblems() => geo.All.Select(database => database.Problem).OfType<string>();
}
