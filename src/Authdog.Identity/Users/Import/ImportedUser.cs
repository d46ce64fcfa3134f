using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Users.Import;

/// <summary>An entry that was judged, and is to become a user.</summary>
internal sealed record ImportedUser
{
    public required int Line { get; init; }

    public required EmailAddress Email { get; init; }

    public required bool EmailVerified { get; init; }

    public required string? Name { get; init; }

    public required string? PasswordHash { get; init; }

    public required string? Locale { get; init; }

    public required string? TimeZone { get; init; }

    public required bool Disabled { get; init; }

    public required IReadOnlyList<Guid> Roles { get; init; }

    public required IReadOnlyList<Guid> Groups { get; init; }
}
