using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Microsoft.AspNetCore.WebUtilities;

namespace Authdog.Identity.Organizations;

/// <summary>A tenant in which an address has an account, or can get one by itself.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Name">Its name.</param>
/// <param name="SignIn">Where one signs in to it, or joins it: on its own host where it has one, otherwise here with the tenant named.</param>
public sealed record Organization(TenantId Tenant, string Name, string SignIn)
{
    /// <summary>Whether there is no account yet, and its owner can make one by themselves.</summary>
    public bool Joins { get; init; }

    /// <summary>Where one signs in to it in order to get somewhere. On a host of its own, what was asked for here is another page.</summary>
    public string SignInTo(string target) =>
        SignIn.StartsWith('/') && target != ReturnUrl.Root.Value ? QueryHelpers.AddQueryString(SignIn, "return", target) : SignIn;
}
