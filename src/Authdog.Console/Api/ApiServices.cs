using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Console.Api;

/// <summary>Registers what every operation needs, and makes the group that all are mapped into.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddManagementApi(this IServiceCollection services)
    {
        services.TryAddSingleton(ApiKeyPermits.Unlimited);
        return services.AddSingleton<ApiCursor>().AddSingleton<ApiTurns>().AddSingleton<Idempotency>();
    }

    public static RouteGroupBuilder MapManagementApi(this IEndpointRouteBuilder endpoints)
    {
        // Authorization by policies does not concern it: the gate does.
        var api = endpoints.MapGroup(string.Empty);
        api.AddEndpointFilter<ApiGate>();
        api.AllowAnonymous();
        return api;
    }
}
