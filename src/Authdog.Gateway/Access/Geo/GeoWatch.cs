namespace Authdog.Gateway.Access.Geo;

/// <summary>Looks at the databases' files every few seconds: polling sees what file events miss, such as switched links and network shares.</summary>
internal sealed class GeoWatch(GeoDatabases databases, TimeProvider time) : BackgroundService
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!databases.All.Any())
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var database in databases.All)
            {
                database.Refresh();
            }
        }
    }
}
