using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Leads who wants to sign up with an address of a captured domain to its connection, and one of a domain whose people can join to where they do: of this tenant, or on the default tenant's pages of whichever has proved to own the domain.</summary>
internal sealed class DomainCapture(TenantDomains domains, Connections connections, DomainJoin join, TenantCache tenants, CurrentTenant tenant, IOptions<PublicUrlOptions> reach)
{
    /// <summary>Where to; null when the domain is nobody's, or its owner wants nothing of it.</summary>
    public async ValueTask<CapturedSignUp?> FindAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        if (await CapturingAsync(tenant.Id, email.Domain, cancellationToken) is { } own)
        {
            return new CapturedSignUp(own.Name, Address: null);
        }

        if (tenant.Id != TenantId.Default || await domains.OwnerAsync(email.Domain, cancellationToken) is not { } owner || owner == tenant.Id)
        {
            return null;
        }

        if (await CapturingAsync(owner, email.Domain, cancellationToken) is { } connection && await tenants.FindAsync(owner, cancellationToken) is { State: TenantState.Active } record)
        {
            return new CapturedSignUp(connection.Name, TenantLinks.To(reach.Value, record, PagePaths.Login));
        }

        return await join.FindAsync(email, cancellationToken) is var (joined, address) ? new CapturedSignUp(joined.Name, address) { Joins = true } : null;
    }

    private async ValueTask<ConnectionRecord?> CapturingAsync(TenantId id, string domain, CancellationToken cancellationToken) =>
        await connections.OfAsync(id, cancellationToken) is var set && set.Captures(domain) && set.FindByDomain(domain) is { Enabled: true } connection ? connection : null;
}
