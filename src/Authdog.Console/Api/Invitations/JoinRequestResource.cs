using Authdog.Identity.Invitations;

namespace Authdog.Console.Api.Invitations;

/// <summary>A request to join. That the address is whoever's who asked is not proved.</summary>
internal sealed record JoinRequestResource
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static JoinRequestResource Of(JoinRequest request) => new() { Id = request.Id.ToString(), Email = request.Email, CreatedAt = request.CreatedAt };
}
