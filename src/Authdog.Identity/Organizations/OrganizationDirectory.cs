using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Organizations;

/// <summary>Where an address has an account. The one question that crosses tenants, so it is asked for an address that was proved, and answered with names alone (I1, I10).</summary>
internal sealed class OrganizationDirectory(IDbContextFactory<DirectoryContext> contexts, TenantCache tenants, IOptions<PublicUrlOptions> reach)
{
    private const int Most = 50;

    /// <summary>Open tenants in which an address has a verified account that is not shut out, by name.</summary>
    public async Task<IReadOnlyList<Organization>> OfAsync(EmailAddress proved, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Set<User>().AsNoTracking()
            .IgnoreQueryFilters([DirectoryContext.TenantFilter])
            .Where(user => user.NormalizedEmail == proved.Normalized && user.EmailConfirmed && !user.Disabled)
            .OrderBy(user => user.TenantId)
            .Select(user => user.TenantId)
            .Take(Most)
            .ToListAsync(cancellationToken);
        List<Organization> organizations = [];
        foreach (var id in found)
        {
            if (await tenants.FindAsync(id, cancellationToken) is { State: TenantState.Active } record)
            {
                organizations.Add(new Organization(id, record.Name, SignIn(record)));
            }
        }

        return [.. organizations.OrderBy(organization => organization.Name, StringComparer.CurrentCulture)];
    }

    private string SignIn(TenantRecord record) =>
        record.Addresses.FirstOrDefault(address => address[0] != '/') is { } host
            ? new Uri(new UriBuilder(reach.Value.PublicUrl) { Host = host }.Uri, PagePaths.Login).AbsoluteUri
            : PagePaths.Login + new QueryBuilder { { "tenant", record.Id.Value } };
}
