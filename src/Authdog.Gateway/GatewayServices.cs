using Authdog.Gateway.Access;
using Authdog.Gateway.Configuration;
using Authdog.Gateway.Diagnostics;
using Authdog.Gateway.Edge;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Forwarding;
using Authdog.Identity;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway;

/// <summary>The composition root: every service of the gateway, folder by folder.</summary>
internal static class GatewayServices
{
    public static void AddAuthdogGateway(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddAuthdogIdentity(configuration);
        services.AddPolicies(configuration);
        services.AddEdge(configuration);
        services.AddAccess();
        services.AddForwarding(configuration);
        services.AddForwardAuth();
        services.AddAntiforgery();
        services.AddDiagnostics();
    }

    public static void UseAuthdogGateway(WebApplication app)
    {
        app.UseMiddleware<AccessLogMiddleware>();
        app.UseAuthdogGateway(own => own.MapSessionEndpoints());
    }

    private static void AddPolicies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PolicyOptions>()
            .Bind(configuration.GetSection(PolicyOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptions.Validator>();
        services.AddSingleton(provider => new PolicyCatalog(provider.GetRequiredService<IOptions<PolicyOptions>>().Value.Path, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PolicyWatch>();
    }
}
