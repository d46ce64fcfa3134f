using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Authdog.Identity.Sso;

namespace Authdog.Console.Api.Connections;

/// <summary>A connection as the API shows it. Secrets are shown to nobody.</summary>
internal sealed record ConnectionResource
{
    /// <summary>Name in addresses, policies and commands.</summary>
    public required string Id { get; init; }

    /// <summary><c>oidc</c> or <c>saml</c>.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Whether people of its domains have to sign in by it.</summary>
    public required bool Enforced { get; init; }

    /// <summary>Whether people whom the directory does not know become users by signing in.</summary>
    public required bool JustInTime { get; init; }

    /// <summary>Whether the login page has a button for it.</summary>
    public required bool HasButton { get; init; }

    /// <summary>Verified domains whose people are led to it.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>What its protocol needs, with words in place of secrets.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>Which claims become what.</summary>
    public required JsonObject Mapping { get; init; }

    /// <summary>What is typed in at the provider, by name.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Only in the answer to a change that made people have to sign in by it: how many sessions that they began otherwise have ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EndedSessions { get; init; }

    public static ConnectionResource Of(ApiCall call, ConnectionRecord connection) => new()
    {
        Id = connection.Slug,
        Kind = connection.Kind is ConnectionKind.Saml ? "saml" : "oidc",
        Name = connection.Name,
        Enabled = connection.Enabled,
        Enforced = connection.Enforced,
        JustInTime = connection.JustInTime,
        HasButton = connection.HasButton,
        Domains = connection.Domains,
        Settings = ConnectionDocument.WithoutSecrets(connection),
        Mapping = JsonNode.Parse(connection.Mapping.ToJson())!.AsObject(),
        Addresses = call.Get<ConnectionAddresses>().Of(connection).ToDictionary(static address => address.Name, static address => address.Url),
        ChangedAt = connection.UpdatedAt,
    };
}
