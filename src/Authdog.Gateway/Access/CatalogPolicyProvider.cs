using System.Collections.Concurrent;
using Authdog.Policies.Catalog;
using Microsoft.AspNetCore.Authorization;

namespace Authdog.Gateway.Access;

/// <summary>Makes each policy of the catalog an ASP.NET Core authorization policy, so that a YARP route can name it.</summary>
internal sealed class CatalogPolicyProvider(PolicyCatalog catalog) : IAuthorizationPolicyProvider
{
    private static readonly Task<AuthorizationPolicy> s_signedIn =
        Task.FromResult(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

    private readonly ConcurrentDictionary<string, Task<AuthorizationPolicy?>> _policies = new(StringComparer.Ordinal);

    /// <summary>A policy here only names one in the catalog, which decides by its current content; a name that is gone denies.</summary>
    public bool AllowsCachingPolicies => true;

    /// <summary>For the gateway's own pages: somebody is signed in.</summary>
    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => s_signedIn;

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        catalog.Contains(policyName)
            ? _policies.GetOrAdd(policyName, static name => Task.FromResult<AuthorizationPolicy?>(new([new AccessRequirement(name)], [])))
            : Task.FromResult<AuthorizationPolicy?>(null);
}
