using System.Text.Json;
using Authdog.Identity.Users;

namespace Authdog.Console.Api.Users;

/// <summary>A user as the API shows them.</summary>
internal sealed record UserResource
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    public required bool EmailVerified { get; init; }

    public required string? Name { get; init; }

    public required string? Locale { get; init; }

    public required string? TimeZone { get; init; }

    public required bool Disabled { get; init; }

    public required bool HasPassword { get; init; }

    /// <summary>Attributes of the schema.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Attributes { get; init; }

    /// <summary>The user's own roles and those of the groups.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>What the roles permit.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static async Task<UserResource> OfAsync(ApiCall call, User user)
    {
        var entitlements = await call.Get<UserDirectory>().EntitlementsAsync(user, call.Aborted);
        return new UserResource
        {
            Id = user.UserId.ToString(),
            Email = user.Email ?? string.Empty,
            EmailVerified = user.EmailConfirmed,
            Name = user.Name,
            Locale = user.Locale,
            TimeZone = user.TimeZone,
            Disabled = user.Disabled,
            HasPassword = user.PasswordHash is not null,
            Attributes = call.Get<UserAttributes>().ValuesOf(user),
            Roles = entitlements.Roles,
            Groups = entitlements.Groups,
            Permissions = entitlements.Permissions,
            CreatedAt = user.CreatedAt,
        };
    }
}
