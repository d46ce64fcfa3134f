using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Users;

/// <summary>The tenant's users, over ASP.NET Core Identity's <c>UserManager</c>. Scoped to the current tenant; password hashes come ready made from <c>Passwords</c>.</summary>
public sealed class UserDirectory
{
    /// <summary>The user with this address; null when there is none.</summary>
    public Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The user with this id; null when there is none.</summary>
    public Task<User?> FindAsync(UserId user, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Makes a user; null when the address is taken.</summary>
    public Task<User?> CreateAsync(EmailAddress email, bool emailVerified, string? name, string? passwordHash, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Replaces the password hash (PHC string) and the security stamp.</summary>
    public Task SetPasswordHashAsync(User user, string passwordHash, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Replaces the password hash by a stronger one of the same password; the security stamp stays.</summary>
    public Task RehashPasswordAsync(User user, string passwordHash, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Roles of the user, ordered.</summary>
    public Task<IReadOnlyList<string>> RolesAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Adds roles, making those that the tenant does not have yet; returns those that were new to the user.</summary>
    public Task<IReadOnlyList<string>> AddRolesAsync(User user, IEnumerable<string> roles, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Shuts the user out or lets them in again.</summary>
    public Task SetDisabledAsync(User user, bool disabled, CancellationToken cancellationToken) => throw new NotSupportedException();
}
