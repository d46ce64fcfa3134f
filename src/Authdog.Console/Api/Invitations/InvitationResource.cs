using Authdog.Identity.Invitations;

namespace Authdog.Console.Api.Invitations;

/// <summary>An invitation as the API shows it. The link goes to the person alone.</summary>
internal sealed record InvitationResource
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    /// <summary><c>pending</c>, <c>accepted</c>, <c>revoked</c>.</summary>
    public required string State { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who has joined by it.</summary>
    public required string? UserId { get; init; }

    public static InvitationResource Of(Invitation invitation) => new()
    {
        Id = invitation.Id.ToString(),
        Email = invitation.Email,
        State = invitation.State switch
        {
            InvitationState.Accepted => "accepted",
            InvitationState.Revoked => "revoked",
            _ => "pending",
        },
        Roles = invitation.Roles,
        Groups = invitation.Groups,
        CreatedAt = invitation.CreatedAt,
        SentAt = invitation.SentAt,
        ExpiresAt = invitation.ExpiresAt,
        UserId = invitation.UserId?.ToString(),
    };
}
