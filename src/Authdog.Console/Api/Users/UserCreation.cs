using System.Text.Json.Nodes;

namespace Authdog.Console.Api.Users;

/// <summary>A user to be made. They have no password: they set one by "Forgot password?", or sign in otherwise.</summary>
internal sealed record UserCreation
{
    public required string Email { get; init; }

    /// <summary>Whether whoever asks vouches that the address is the user's.</summary>
    public bool EmailVerified { get; init; } = true;

    public string? Name { get; init; }

    /// <summary>Values of the tenant's schema by name.</summary>
    public JsonObject Attributes { get; init; } = [];

    /// <summary>Roles that there are.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Names of groups that there are.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
