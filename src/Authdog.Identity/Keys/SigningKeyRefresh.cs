using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Keys;

/// <summary>Loads the assertion keys before the first request and looks for new ones from then on.</summary>
internal sealed class SigningKeyRefresh(SigningKeyRing ring, IOptions<KeyRotationOptions> options, TimeProvider time, ILogger<SigningKeyRefresh> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ring.RefreshAsync(SigningKeyRing.AssertionPurpose, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ring.RefreshAsync(SigningKeyRing.AssertionPurpose, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                KeysLog.RefreshFailed(logger, e);
            }
        }
    }
}
