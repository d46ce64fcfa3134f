using Microsoft.AspNetCore.Authorization;

namespace Authdog.Gateway.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddSingleton<SubjectCache>();
        services.AddSingleton<IAuthorizationPolicyProvider, CatalogPolicyProvider>();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResultHandler>();
        return services;
    }
}
