using Authdog.Gateway.Access;
using Authdog.Gateway.Edge;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Forwarding;
using Authdog.Identity;
using Authdog.Identity.Storage;
using Authdog.Policies.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>Composes a gateway for tests of what carries requests: all but commands, demo and pages.</summary>
internal static class GatewayHostParts
{
    public static void Add(IServiceCollection services, IConfiguration configuration, string policies)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new PolicyCatalog(policies, provider.GetRequiredService<TimeProvider>()));
        services.AddAntiforgery();
        services.AddAuthdogIdentity(configuration);
        services.AddEdge(configuration);
        services.AddAccess();
        services.AddForwarding(configuration);
        services.AddForwardAuth();
    }

    public static async Task PrepareAsync(IServiceProvider services)
    {
        var policies = services.GetRequiredService<PolicyCatalog>().Reload();
        policies.Errors.ShouldBeEmpty();
        await services.GetRequiredService<DirectoryMigrator>().MigrateAsync(CancellationToken.None);
    }
}
