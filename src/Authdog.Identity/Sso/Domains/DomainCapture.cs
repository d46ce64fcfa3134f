using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Leads who wants to sign up with an address of a captured domain to its connection: of this tenant, or on the default tenant's pages of whichever has proved to own the domain.</summary>
internal sealed class DomainCapture(TenantDomains domains, Connections connections, TenantCache tenants, CurrentTenant tenant, IOptions<PublicUrlOptions> reach)
{
    /// <summary>Where to; null when the domain is nobody's, or its owner captures nothing.</summary>
    public async ValueTask<CapturedSignUp?> FindAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        if (await CapturingAsync(tenant.Id, email.Domain, cancellationToken) is { } own)
        {
            return new CapturedSignUp(own.Name, Login: null);
        }

        return tenant.Id == TenantId.Default
            && await domains.OwnerAsync(email.Domain, cancellationToken) is { } owner
            && owner != tenant.Id
            && await CapturingAsync(owner, email.Domain, cancellationToken) is { } connection
            && await tenants.FindAsync(owner, cancellationToken) is { State: TenantState.Active } record
                ? new CapturedSignUp(connection.Name, LoginOf(record))
                : null;
    }

    private async ValueTask<ConnectionRecord?> CapturingAsync(TenantId id, string domain, CancellationToken cancellationToken) =>
        await connections.OfAsync(id, cancellationToken) is var set && set.Captures(domain) && set.FindByDomain(domain) is { Enabled: true } connection ? connection : null;

    private string LoginOf(TenantRecord record) => record.Addresses.FirstOrDefault(static address => address[0] != '/') is { } host
        ? new Uri(new UriBuilder(reach.Value.PublicUrl) { Host = host }.Uri, PagePaths.Login).AbsoluteUri
        : QueryHelpers.AddQueryString(PagePaths.Login, "tenant", record.Id.Value);
}
