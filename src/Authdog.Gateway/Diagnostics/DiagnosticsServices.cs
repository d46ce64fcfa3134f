using OpenTelemetry.Metrics;

namespace Authdog.Gateway.Diagnostics;

internal static class DiagnosticsServices
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<GatewayMetrics>();
        services.AddHostedService<ManagementListener>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Authdog.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
        return services;
    }
}
