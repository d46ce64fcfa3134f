using System.Text.Json.Nodes;
using Authdog.Identity.Users;

namespace Authdog.Console.Api.Users;

/// <summary>What can be set of a user: nothing that is not here can be (no mass assignment).</summary>
internal sealed record UserChange
{
    /// <summary>A new address counts as verified: whoever asks vouches for it.</summary>
    public required string Email { get; init; }

    public string? Name { get; init; }

    /// <summary>Language of pages and mail.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Shut out; ends every session.</summary>
    public bool Disabled { get; init; }

    /// <summary>Values of the tenant's schema by name; null takes one away.</summary>
    public required JsonObject Attributes { get; init; }

    public static UserChange Of(User user, UserAttributes attributes) => new()
    {
        Email = user.Email ?? string.Empty,
        Name = user.Name,
        Locale = user.Locale,
        TimeZone = user.TimeZone,
        Disabled = user.Disabled,
        Attributes = new JsonObject(attributes.ValuesOf(user).Select(static value => KeyValuePair.Create(value.Key, JsonNode.Parse(value.Value.GetRawText())))),
    };
}
