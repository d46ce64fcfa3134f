using System.Text.Json.Nodes;

namespace Authdog.Console.Api.Connections;

/// <summary>A connection to be made. One of which the provider is not known yet is made switched off.</summary>
internal sealed record ConnectionCreation
{
    /// <summary>Name in addresses, policies and commands; never changes.</summary>
    public required string Id { get; init; }

    /// <summary><c>oidc</c> or <c>saml</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it; the id when absent.</summary>
    public string? Name { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Whether people of its domains have to sign in by it.</summary>
    public bool Enforced { get; init; }

    /// <summary>Whether people whom the directory does not know become users by signing in.</summary>
    public bool JustInTime { get; init; } = true;

    /// <summary>Whether the login page has a button for it.</summary>
    public bool HasButton { get; init; }

    /// <summary>Which claims become what.</summary>
    public JsonObject? Mapping { get; init; }

    public OidcConnectionSettings? Oidc { get; init; }

    public SamlConnectionSettings? Saml { get; init; }
}
