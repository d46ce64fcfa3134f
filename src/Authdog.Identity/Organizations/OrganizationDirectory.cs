using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Organizations;

/// <summary>Where an address has an account, or can get one. The one question that crosses tenants, so it is asked for an address that was proved, and answered with names alone (I1, I10).</summary>
internal sealed class OrganizationDirectory(IDbContextFactory<DirectoryContext> contexts, DomainJoin join, TenantCache tenants, IOptions<PublicUrlOptions> reach)
{
    private const int Most = 50;

    /// <summary>Open tenants in which an address has a verified account that is not shut out, by name; then the one that it can join by itself.</summary>
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
                organizations.Add(new Organization(id, record.Name, TenantLinks.To(reach.Value, record, PagePaths.Login)));
            }
        }

        if (await OfferAsync(context, proved, cancellationToken) is { } offer)
        {
            organizations.Add(offer);
        }

        return [.. organizations.OrderBy(organization => organization.Joins).ThenBy(organization => organization.Name, StringComparer.CurrentCulture)];
    }

    // Whoever has an account there, shut out or not, is offered no other.
    private async Task<Organization?> OfferAsync(DirectoryContext context, EmailAddress proved, CancellationToken cancellationToken) =>
        await join.FindAsync(proved, cancellationToken) is var (tenant, address)
        && !await context.Set<User>().IgnoreQueryFilters([DirectoryContext.TenantFilter]).AnyAsync(user => user.TenantId == tenant.Id && user.NormalizedEmail == proved.Normalized, cancellationToken)
            ? new Organization(tenant.Id, tenant.Name, address) { Joins = true }
            : null;
}
