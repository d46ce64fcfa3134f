using Authdog.Identity.Social;
using Authdog.Identity.Sso;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Authdog.Policies.Linting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>The names of the directory that policies may use.</summary>
internal static class DirectoryNames
{
    /// <summary>Adds tenants, and the roles and connections of all of them with the social providers; nothing when there is no directory yet.</summary>
    public static async Task<LintNames> AddAsync(LintNames names, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!await services.GetRequiredService<DirectoryMigrator>().CheckAsync(cancellationToken))
        {
            return names;
        }

        var tenants = await services.GetRequiredService<TenantDirectory>().ListAsync(cancellationToken);
        var roles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var connections = new HashSet<string>(services.GetRequiredService<IOptions<SocialOptions>>().Value.ConnectionNames(), StringComparer.Ordinal);
        foreach (var tenant in tenants)
        {
            await using var context = await services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContextAsync(cancellationToken);
            context.UseTenant(() => tenant.Id);
            roles.UnionWith(await context.Set<Role>().Select(role => role.Name!).ToListAsync(cancellationToken));
            connections.UnionWith(await context.Set<Connection>().Select(connection => connection.Slug).ToListAsync(cancellationToken));
        }

        return names with { Tenants = [.. tenants.Select(tenant => tenant.Id.Value)], Roles = roles, Connections = connections };
    }
}
