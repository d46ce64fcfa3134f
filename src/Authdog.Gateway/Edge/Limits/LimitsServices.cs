namespace Authdog.Gateway.Edge.Limits;

internal static class LimitsServices
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSingleton<ConnectionGate>();
        return services;
    }
}
