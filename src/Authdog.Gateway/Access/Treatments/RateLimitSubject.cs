namespace Authdog.Gateway.Access.Treatments;

/// <summary>Whose requests are counted together.</summary>
internal enum RateLimitSubject
{
    /// <summary>The user's, from wherever they come; a client network's while nobody is signed in.</summary>
    User = 0,

    /// <summary>A client network's: an IPv4 address, or an IPv6 /64.</summary>
    Client,
}
