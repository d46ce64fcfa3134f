using Authdog.Identity.Login;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso;

/// <summary>Where a person may have an identity: the tenant's connections, and the social providers.</summary>
internal interface IIdentitySource
{
    /// <summary>Providers that a person can go to by themselves.</summary>
    Task<IReadOnlyList<ConnectionRecord>> OfferedAsync(CancellationToken cancellationToken);

    /// <summary>The page that leads to one of them, for a transaction that has an <see cref="Attachment"/>.</summary>
    Task<IResult> LeaveAsync(HttpContext context, LoginFlow flow, ConnectionRecord connection);
}
