using Microsoft.Extensions.Hosting;

namespace Authdog.Identity.Redis;

/// <summary>Opens the store before the first request, so that an operator's mistake stops the start.</summary>
internal sealed class RedisStartup(RedisConnection connection) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await connection.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
