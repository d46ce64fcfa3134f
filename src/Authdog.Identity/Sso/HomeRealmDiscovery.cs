using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Sso;

/// <summary>Says by which connection the people of an address sign in: that of its verified domain. Whether the address has an account plays no part (I1).</summary>
internal sealed class HomeRealmDiscovery(TenantDomains domains, TenantOptions<SsoOptions> options, CurrentTenant tenant)
{
    /// <summary>The connection; null when there is none.</summary>
    public async ValueTask<ConnectionRecord?> FindAsync(string? address, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(address, out var email) ? await domains.FindAsync(tenant.Id, email.Domain, cancellationToken) : null;

    /// <summary>What is mandated for an address.</summary>
    public async ValueTask<MandatedMethod?> MandateAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        var sso = options.Value;
        return await domains.FindAsync(tenant.Id, email.Domain, cancellationToken) is { Enforced: true } connection
            ? new MandatedMethod(ConnectionMethod.MethodName, connection.QualifiedName, connection.Name, sso.BreakGlass.Count > 0 ? "password" : null, sso.IsBreakGlass)
            : null;
    }
}
