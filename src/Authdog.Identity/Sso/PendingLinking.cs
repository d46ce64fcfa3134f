using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso;

/// <summary>Links what waited in a login for its owner (<see cref="PendingLinks"/>), and tells them.</summary>
internal sealed class PendingLinking(PendingLinks pending, ExternalIdentities identities, IdentityNotices notices, CurrentTenant tenant)
{
    public async Task LinkAsync(HttpContext context, LoginFlow flow, User user)
    {
        if (pending.Find(tenant.Id, flow, user) is { } identity && await identities.LinkAsync(user, identity, CancellationToken.None) is ExternalIdentities.Linking.Linked)
        {
            await notices.LinkedAsync(context, user, identity);
        }
    }
}
