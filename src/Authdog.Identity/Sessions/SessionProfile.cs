using System.Collections.Immutable;

namespace Authdog.Identity.Sessions;

/// <summary>The part of a session that follows the user's directory entry and is replaced when that changes (B11).</summary>
/// <param name="Email">E-mail address in normal form.</param>
/// <param name="EmailVerified">Whether it is verified.</param>
/// <param name="Name">Display name.</param>
/// <param name="Roles">Roles, ordered.</param>
public sealed record SessionProfile(string Email, bool EmailVerified, string Name, ImmutableArray<string> Roles);
