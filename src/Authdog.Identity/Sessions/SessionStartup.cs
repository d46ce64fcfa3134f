using Microsoft.Extensions.Hosting;

namespace Authdog.Identity.Sessions;

/// <summary>Begins to listen to other nodes' revocations before the first request.</summary>
internal sealed class SessionStartup(SessionStore sessions) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => sessions.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
