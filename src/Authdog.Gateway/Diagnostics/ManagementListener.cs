using Authdog.Gateway.Edge;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Authdog.Gateway.Diagnostics;

/// <summary>The second listener, for operators only: health and metrics. The public one never serves them (B7).</summary>
internal sealed class ManagementListener(IOptions<GatewayOptions> options, Readiness readiness, MeterProvider meters) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Management" });
        builder.WebHost.UseKestrelCore().UseUrls(options.Value.ManagementUrl).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(readiness);
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, null, "/metrics", null, null);
        _app.UseRouting();
        _app.MapGet("/healthz", () => TypedResults.Text("alive\n"));
        _app.MapGet("/readyz", ReadyAsync);
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        var report = await readiness.CheckAsync(cancellationToken);
        return TypedResults.Json(report, ReadinessJson.Default.ReadinessReport, statusCode: report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
