using System.Text.Json.Nodes;
using Authdog.Identity.Sso;

namespace Authdog.Console.Api.Connections;

/// <summary>What can be set of a connection.</summary>
internal sealed record ConnectionUpdate
{
    public required string Name { get; init; }

    public bool Enabled { get; init; }

    /// <summary>Whether people of its domains have to sign in by it. Sessions that they began otherwise end.</summary>
    public bool Enforced { get; init; }

    /// <summary>Whether people whom the directory does not know become users by signing in.</summary>
    public bool JustInTime { get; init; }

    /// <summary>Whether the login page has a button for it.</summary>
    public bool HasButton { get; init; }

    /// <summary>Which claims become what.</summary>
    public required JsonObject Mapping { get; init; }

    public OidcConnectionSettings? Oidc { get; init; }

    public SamlConnectionSettings? Saml { get; init; }

    public static ConnectionUpdate Of(ConnectionRecord connection) => new()
    {
        Name = connection.Name,
        Enabled = connection.Enabled,
        Enforced = connection.Enforced,
        JustInTime = connection.JustInTime,
        HasButton = connection.HasButton,
        Mapping = JsonNode.Parse(connection.Mapping.ToJson())!.AsObject(),
    };
}
