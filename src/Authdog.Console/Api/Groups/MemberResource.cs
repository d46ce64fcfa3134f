namespace Authdog.Console.Api.Groups;

/// <summary>A member of a group.</summary>
internal sealed record MemberResource
{
    public required string Id { get; init; }

    public required string Email { get; init; }
}
