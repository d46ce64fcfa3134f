namespace Authdog.Console.Api.Invitations;

/// <summary>What somebody gets who may join.</summary>
internal sealed record Membership
{
    /// <summary>Roles that there are.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Names of groups that there are.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
