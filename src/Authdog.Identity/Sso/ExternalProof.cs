using System.Collections.Immutable;
using System.Text.Json;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Sso;

/// <summary>What an identity provider has said of a person, verified by its protocol. Made by verifiers alone; the ceremonies accept nothing else.</summary>
public sealed record ExternalProof
{
    /// <summary>Most groups that are looked at.</summary>
    internal const int MaxGroups = 500;

    /// <summary>Longest issuer, and longest subject.</summary>
    internal const int MaxIdentifier = 255;

    internal ExternalProof()
    {
    }

    /// <summary>Whom was asked.</summary>
    public required ConnectionRecord Connection { get; init; }

    /// <summary>Who answered.</summary>
    public required string Issuer { get; init; }

    /// <summary>The person there: never reassigned, never an address (I4).</summary>
    public required string Subject { get; init; }

    /// <summary>E-mail address as it was given; null when none was.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider says that the person owns that address.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary>Groups there.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Everything that was said, by name, for the mapping of attributes.</summary>
    public JsonElement Claims { get; init; }

    /// <summary>The identity, as the directory keeps it.</summary>
    internal ExternalIdentity Identity => new(
        Connection.LoginProvider,
        Issuer,
        Subject,
        Connection.Name,
        new[] { Email, Name }.FirstOrDefault(static text => text is { Length: > 0 and <= Users.UserLogin.MaxAccount } && !text.Any(Identifiers.DisplayName.IsDeceptive)));

    /// <summary>What it is worth here, as far as the connection is trusted. Who vouched is said here, and by no protocol.</summary>
    public required AuthenticationFactor Factor
    {
        get => field with { Connection = Connection.QualifiedName };
        init;
    }
}
