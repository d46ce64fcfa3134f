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
        while (!stoppingToken.IsCancellationRequested)
        {
            // A pause after each round: a clock that leaps, as after a sleep, means one round and not thousands.
            await Task.Delay(options.Value.RefreshInterval, time, stoppingToken);
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
