namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>Whose requests a rule counts together.</summary>
internal enum RateSubject
{
    /// <summary>A client network's: an IPv4 address, or an IPv6 /64.</summary>
    Address = 0,

    /// <summary>A neighbourhood's: a /24 of IPv4, a /48 of IPv6.</summary>
    Network,

    /// <summary>The tenant's.</summary>
    Tenant,

    /// <summary>The route's.</summary>
    Route,

    /// <summary>The policy's.</summary>
    Policy,

    /// <summary>The user's, from wherever they come; a client network's while nobody is signed in.</summary>
    User,

    /// <summary>The session's; a client network's while nobody is signed in.</summary>
    Session,

    /// <summary>The management API's key's, once it has proved to be one: whoever names another's key uses up none of its permits.</summary>
    ApiKey,

    /// <summary>All of them.</summary>
    Everybody,
}
