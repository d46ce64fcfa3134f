using System.Buffers;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A role of a tenant. Policies and apps know it by its name.</summary>
public sealed class Role : IdentityRole<Guid>, ITenantOwned
{
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/");

    /// <summary>What the role permits, ordered. Policies and apps know it by these names, such as <c>invoices:write</c>.</summary>
    public IReadOnlyList<string> Permissions { get; set; } = [];

    /// <summary>The tenant that owns this role.</summary>
    public TenantId TenantId { get; set; } = TenantId.Default;

    /// <summary>Whether a name can be a permission's: like a role's.</summary>
    public static bool IsPermission(string? name) => IsName(name);

    /// <summary>Whether a name can be a role's: 1–64 of letters, digits and <c>- _ . : /</c>. It travels in a header as an item of a comma-separated list (I13).</summary>
    public static bool IsName(string? name) => name is { Length: >= 1 and <= 64 } && name.AsSpan().IndexOfAnyExcept(s_allowed) < 0;
}
