using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Authdog.Policies.Linting;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>The names of the directory that policies may use.</summary>
internal static class DirectoryNames
{
    /// <summary>Adds tenants and the roles of all of them; nothing when there is no directory yet.</summary>
    public static async Task<LintNames> AddAsync(LintNames names, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!await services.GetRequiredService<DirectoryMigrator>().CheckAsync(cancellationToken))
        {
            return names;
        }

        var tenants = await services.GetRequiredService<TenantDirectory>().ListAsync(cancellationToken);
        var roles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tenant in tenants)
        {
            await using var context = await services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContextAsync(cancellationToken);
            context.UseTenant(() => tenant.Id);
            roles.UnionWith(await context.Set<Role>().Select(role => role.Name!).ToListAsync(cancellationToken));
        }

        return names with { Tenants = [.. tenants.Select(tenant => tenant.Id.Value)], Roles = roles };
    }
}
