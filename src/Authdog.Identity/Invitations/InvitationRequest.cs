using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Invitations;

/// <summary>Whom to invite, and to what.</summary>
/// <param name="Email">The address.</param>
public sealed record InvitationRequest(EmailAddress Email)
{
    /// <summary>Roles to give; each has to exist.</summary>
    public IReadOnlyCollection<string> Roles { get; init; } = [];

    /// <summary>Groups to put into; each has to exist.</summary>
    public IReadOnlyCollection<string> Groups { get; init; } = [];

    /// <summary>How long the link works; null: as <see cref="InvitationOptions.Lifetime"/> says.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Language of the mail; null: the tenant's first.</summary>
    public string? Language { get; init; }
}
