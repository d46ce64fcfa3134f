using Authdog.Identity.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sessions;

/// <summary>When Redis is back, and every minute until that is done, ends the sessions in whose place others were begun meanwhile.</summary>
internal sealed class StandbyReturn(SessionStore sessions, RedisConnection redis, TimeProvider time, ILogger<StandbyReturn> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _back = new(0);

    public override void Dispose()
    {
        redis.Restored -= Wake;
        _back.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.Restored += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await sessions.EndReplacedAsync(stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                RedisLog.NotEndedYet(logger, e.Message);
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(_back.WaitAsync(wait.Token), Task.Delay(s_pause, time, wait.Token));
            await wait.CancelAsync();
        }
    }

    private void Wake() => _back.Release();
}
