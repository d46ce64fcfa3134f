using Authdog.Identity.Sso;

namespace Authdog.Console.Api.Connections;

/// <summary>A connection as the API shows it. What its protocol needs, secrets among it, is set from a shell or by the set-up link.</summary>
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

    public static ConnectionResource Of(ConnectionRecord connection) => new()
    {
        Id = connection.Slug,
        Kind = connection.Kind is ConnectionKind.Saml ? "saml" : "oidc",
        Name = connection.Name,
        Enabled = connection.Enabled,
        Enforced = connection.Enforced,
        JustInTime = connection.JustInTime,
        HasButton = connection.HasButton,
        Domains = connection.Domains,
    };
}
