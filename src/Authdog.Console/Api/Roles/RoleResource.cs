using Authdog.Identity.Users;

namespace Authdog.Console.Api.Roles;

/// <summary>A role as the API shows it.</summary>
internal sealed record RoleResource
{
    public required string Name { get; init; }

    /// <summary>What it permits.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    public static RoleResource Of(Role role) => new() { Name = role.Name!, Permissions = role.Permissions };
}
