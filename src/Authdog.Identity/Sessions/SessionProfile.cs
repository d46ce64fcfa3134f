using System.Collections.Immutable;
using System.Text.Json;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sessions;

/// <summary>The part of a session that follows the user's directory entry and is replaced when that changes (B11).</summary>
/// <param name="Email">E-mail address in normal form.</param>
/// <param name="EmailVerified">Whether it is verified.</param>
/// <param name="Name">Display name.</param>
/// <param name="Roles">Roles, ordered.</param>
public sealed record SessionProfile(string Email, bool EmailVerified, string Name, ImmutableArray<string> Roles)
{
    /// <summary>Groups, ordered.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Permissions that the roles give, ordered.</summary>
    public ImmutableArray<string> Permissions { get; init; } = [];

    /// <summary>Further attributes by name.</summary>
    public ImmutableDictionary<string, JsonElement> Claims { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>What a session says now.</summary>
    public static SessionProfile Of(Session session) => new(session.Email, session.EmailVerified, session.Name, session.Roles)
    {
        Groups = session.Groups,
        Permissions = session.Permissions,
        Claims = session.Claims,
    };

    /// <summary>The session with this profile in place of its own.</summary>
    public Session On(Session session) => session with
    {
        Email = Email,
        EmailVerified = EmailVerified,
        Name = Name,
        Roles = Roles,
        Groups = Groups,
        Permissions = Permissions,
        Claims = Claims,
    };

    /// <summary>What sessions say about a user and what they may claim to be.</summary>
    public static SessionProfile Of(User user, Entitlements entitlements, ImmutableDictionary<string, JsonElement>? claims = null) => Of(user, entitlements.Roles, claims) with
    {
        Groups = entitlements.Groups,
        Permissions = entitlements.Permissions,
    };

    /// <summary>What sessions say about a user; who gave no name is called by the local part of the address.</summary>
    public static SessionProfile Of(User user, IEnumerable<string> roles, ImmutableDictionary<string, JsonElement>? claims = null)
    {
        var email = user.Email ?? string.Empty;
        var name = string.IsNullOrWhiteSpace(user.Name) ? email.Split('@')[0] : user.Name;
        return new SessionProfile(email, user.EmailConfirmed, name, [.. roles.Order(StringComparer.Ordinal)]) { Claims = claims ?? ImmutableDictionary<string, JsonElement>.Empty };
    }
}
