namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>One rule of section <c>RateLimiting:Rules</c>: whom it counts, which requests, how many.</summary>
internal sealed class RateRuleSettings : RateSettings
{
    /// <summary>Whose requests count together.</summary>
    public RateSubject By { get; set; }

    /// <summary>Paths that it concerns, each with all below it; empty: all.</summary>
    public IList<string> Paths { get; } = [];

    /// <summary>Paths that it does not concern, each with all below it.</summary>
    public IList<string> ExceptPaths { get; } = [];

    /// <summary>Methods that it concerns; empty: all.</summary>
    public IList<string> Methods { get; } = [];

    /// <summary>Hosts that it concerns; empty: all.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>Tenants that it concerns; empty: all.</summary>
    public IList<string> Tenants { get; } = [];

    /// <summary>Clients that it concerns: addresses, CIDR ranges, and <c>networks/NAME</c> for the policies' file of that name; empty: all.</summary>
    public IList<string> Networks { get; } = [];

    /// <summary>Routes that it concerns; empty: all.</summary>
    public IList<string> Routes { get; } = [];

    /// <summary>Policies that it concerns; empty: all.</summary>
    public IList<string> Policies { get; } = [];

    /// <summary>Clients that it never concerns; written like <see cref="Networks"/>.</summary>
    public IList<string> AllowList { get; } = [];

    /// <summary>Whether it is judged where a key of the management API is verified.</summary>
    public bool IsByApiKey => By is RateSubject.ApiKey;

    /// <summary>Whether it can be judged only once it is known who asks for which route.</summary>
    public bool NeedsRoute => By is RateSubject.Route or RateSubject.Policy or RateSubject.User or RateSubject.Session || Routes.Count > 0 || Policies.Count > 0;
}
