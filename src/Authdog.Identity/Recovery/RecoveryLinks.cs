using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Recovery;

/// <summary>Issues links to choose a new password.</summary>
internal sealed class RecoveryLinks(OneTimeTokenStore links, CurrentTenant tenant, IOptions<RecoveryOptions> options)
{
    internal const string Purpose = "recover";

    /// <summary>A secret for <c>/.authdog/recover?token=</c>; it ends with the user's security stamp. Without an owner it opens nothing, and takes the same work (I1).</summary>
    public Task<string> IssueAsync(User? owner, string target, CancellationToken cancellationToken) =>
        links.IssueAsync(tenant.Id, Purpose, new RecoveryLink(owner?.Id, owner?.SecurityStamp, target), options.Value.LinkLifetime, cancellationToken);
}
