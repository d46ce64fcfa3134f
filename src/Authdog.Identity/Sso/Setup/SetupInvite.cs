namespace Authdog.Identity.Sso.Setup;

/// <summary>An invitation to set one connection up, and how far its holder has come. One for each connection: a new one ends the one before.</summary>
internal sealed record SetupInvite
{
    /// <summary>SHA-256 of the link's secret.</summary>
    public required string SecretHash { get; init; }

    /// <summary>Until when it can be used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Chosen preset; null until one is.</summary>
    public string? Provider { get; init; }

    /// <summary>Domain whose people sign in by the connection; null until one is given.</summary>
    public string? Domain { get; init; }

    /// <summary>Whether a sign-in has been tried through since the identity provider was told of last.</summary>
    public bool Tested { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool Live { get; init; }
}
