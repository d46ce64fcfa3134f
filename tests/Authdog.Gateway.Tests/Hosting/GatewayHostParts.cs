using Authdog.Identity.Storage;
using Authdog.Policies.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>What a started gateway needs before its first request.</summary>
internal static class GatewayHostParts
{
    public static async Task PrepareAsync(IServiceProvider services)
    {
        services.GetRequiredService<PolicyCatalog>().Reload().Errors.ShouldBeEmpty();
        await services.GetRequiredService<DirectoryMigrator>().PrepareAsync(CancellationToken.None);
    }
}
