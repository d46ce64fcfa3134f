namespace Authdog.Gateway.Edge.Tls;

/// <summary>Looks at the certificates' files every few seconds. Polling sees what file events miss: switched links of Kubernetes secrets, network shares, files replaced by renaming.</summary>
internal sealed class CertificateWatch(TlsEndpoints endpoints, TimeProvider time) : BackgroundService
{
    /// <summary>How often the files are read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!endpoints.Any)
        {
            return;
        }

        Look();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private void Look()
    {
        foreach (var certificate in endpoints.Certificates)
        {
            certificate.Refresh();
            certificate.WarnOfExpiry(time.GetUtcNow());
        }
    }
}
