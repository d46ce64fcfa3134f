namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Whether a crawler is whose it says.</summary>
internal enum CrawlerIdentity
{
    /// <summary>Not known yet, or DNS does not say.</summary>
    Unknown = 0,

    /// <summary>It is the search engine's.</summary>
    Verified,

    /// <summary>It is not.</summary>
    Impostor,
}
