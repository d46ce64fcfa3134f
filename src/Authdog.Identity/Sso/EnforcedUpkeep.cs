using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;

namespace Authdog.Identity.Sso;

/// <summary>Finishes ending sessions where that stopped half-way: for each connection that is demanded, one node looks in each round.</summary>
internal sealed class EnforcedUpkeep(Connections connections, EnforcedSessions enforced, CounterStore counters, CurrentTenant tenant) : IUpkeep
{
    private static readonly TimeSpan s_round = UpkeepJob.Interval / 2;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in (await connections.OfAsync(tenant.Id, cancellationToken)).All)
        {
            if (connection is not { Enabled: true, Enforced: true })
            {
                await enforced.ForgetAsync(connection, cancellationToken);
            }
            else if (await counters.IncrementAsync(tenant.Id, "enforced-sessions", connection.Id.ToString("N"), s_round, cancellationToken) == 1)
            {
                await enforced.ResumeAsync(connection, cancellationToken);
            }
        }
    }
}
