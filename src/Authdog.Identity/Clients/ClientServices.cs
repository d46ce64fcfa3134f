using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Clients;

internal static class ClientServices
{
    public static IServiceCollection AddClients(this IServiceCollection services)
    {
        services.AddSingleton<ClientMarks>();
        return services;
    }
}
