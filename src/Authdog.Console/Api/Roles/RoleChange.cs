namespace Authdog.Console.Api.Roles;

/// <summary>What a role permits.</summary>
internal sealed record RoleChange
{
    /// <summary>Names of 1 to 64 letters, digits and <c>- _ . : /</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}
