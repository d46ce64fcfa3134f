using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Lets people with a verified address of a domain become users of the tenant that has proved to own it, where the tenant says so.</summary>
internal sealed class DomainJoin(TenantDomains domains, Connections connections, TenantCache tenants, IOptions<PublicUrlOptions> reach)
{
    /// <summary>Whether people of any domain can join a tenant.</summary>
    public async ValueTask<bool> IsOpenAsync(TenantId tenant, CancellationToken cancellationToken) => (await connections.OfAsync(tenant, cancellationToken)).IsJoinable;

    /// <summary>Roles of who joins a tenant by an address; null when nobody does by it.</summary>
    public async ValueTask<IReadOnlyList<string>?> RolesAsync(TenantId tenant, EmailAddress email, CancellationToken cancellationToken) =>
        (await connections.OfAsync(tenant, cancellationToken)).JoinRolesOf(email.Domain);

    /// <summary>The tenant, whichever it is, that somebody can join by an address, with the page where they do; null when there is none.</summary>
    public async Task<(TenantRecord Tenant, string Address)?> FindAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        if (await domains.OwnerAsync(email.Domain, cancellationToken) is not { } owner
            || await connections.OfAsync(owner, cancellationToken) is not { } set
            || set.JoinRolesOf(email.Domain) is null
            || await tenants.FindAsync(owner, cancellationToken) is not { State: TenantState.Active } tenant)
        {
            return null;
        }

        // Where the domain has a connection, its sign-in makes the account.
        var page = set.FindByDomain(email.Domain) is { Enabled: true } ? PagePaths.Login : PagePaths.SignUp;
        return (tenant, TenantLinks.To(reach.Value, tenant, page));
    }
}
