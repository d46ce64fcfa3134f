using System.Text.Json.Serialization;
using Authdog.Identity.Sso.Setup;

namespace Authdog.Console.Api.SetupLinks;

/// <summary>An open set-up link as the API shows it.</summary>
internal sealed record SetupLinkResource
{
    /// <summary>The connection that it sets up.</summary>
    public required string Connection { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Product that its holder has chosen.</summary>
    public required string? Provider { get; init; }

    /// <summary>Domain that its holder has given.</summary>
    public required string? Domain { get; init; }

    /// <summary>Whether its holder has tried a sign-in through.</summary>
    public required bool Tested { get; init; }

    /// <summary>The link, in the answer that makes it alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    public static SetupLinkResource Of(SetupLink link) => new() { Connection = link.Connection, ExpiresAt = link.ExpiresAt, Provider = link.Provider, Domain = link.Domain, Tested = link.Tested };
}
