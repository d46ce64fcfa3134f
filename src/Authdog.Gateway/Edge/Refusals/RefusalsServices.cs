using System.Diagnostics;

namespace Authdog.Gateway.Edge.Refusals;

internal static class RefusalsServices
{
    public static IServiceCollection AddRefusals(this IServiceCollection services)
    {
        // The web host registers its listener under both types; the server asks for the source.
        services.AddSingleton<DiagnosticSource, ServerRefusals>();
        return services;
    }
}
