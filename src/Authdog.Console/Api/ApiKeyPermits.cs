using Authdog.Identity.ApiKeys;
using Microsoft.AspNetCore.Http;

namespace Authdog.Console.Api;

/// <summary>Limits how often a verified key may call. Whoever has limits registers one in the place of <see cref="Unlimited"/>.</summary>
/// <param name="TakeAsync">Takes a permit; how long to wait when there is none, null to go on.</param>
public sealed record ApiKeyPermits(Func<HttpContext, ApiKey, Task<TimeSpan?>> TakeAsync)
{
    /// <summary>Every call may be made.</summary>
    public static ApiKeyPermits Unlimited { get; } = new(static (_, _) => Task.FromResult<TimeSpan?>(null));
}
