using System.Collections.Immutable;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sessions;

/// <summary>The part of a session that follows the user's directory entry and is replaced when that changes (B11).</summary>
/// <param name="Email">E-mail address in normal form.</param>
/// <param name="EmailVerified">Whether it is verified.</param>
/// <param name="Name">Display name.</param>
/// <param name="Roles">Roles, ordered.</param>
public sealed record SessionProfile(string Email, bool EmailVerified, string Name, ImmutableArray<string> Roles)
{
    /// <summary>What sessions say about a user; who gave no name is called by the local part of the address.</summary>
    public static SessionProfile Of(User user, IEnumerable<string> roles)
    {
        var email = user.Email ?? string.Empty;
        var name = string.IsNullOrWhiteSpace(user.Name) ? email.Split('@')[0] : user.Name;
        return new SessionProfile(email, user.EmailConfirmed, name, [.. roles.Order(StringComparer.Ordinal)]);
    }
}
