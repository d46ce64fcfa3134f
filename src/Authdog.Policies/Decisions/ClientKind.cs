namespace Authdog.Policies.Decisions;

/// <summary>What the subject is signed in with.</summary>
public enum ClientKind
{
    /// <summary>A person's session.</summary>
    UserSession = 0,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>A service's own credential, for example a client certificate or a token of client credentials.</summary>
    Service,
}
