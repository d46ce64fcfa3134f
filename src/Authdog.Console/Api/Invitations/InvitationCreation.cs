namespace Authdog.Console.Api.Invitations;

/// <summary>Whom to invite, and to what.</summary>
internal sealed record InvitationCreation
{
    public required string Email { get; init; }

    /// <summary>Roles that there are.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Names of groups that there are.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How long the link works, in hours; null: as the tenant's settings say.</summary>
    public int? LifetimeHours { get; init; }

    /// <summary>Language of the mail; null: the tenant's first.</summary>
    public string? Language { get; init; }
}
