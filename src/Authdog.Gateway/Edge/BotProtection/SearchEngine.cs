namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>A search engine that publishes how its crawlers can be verified: the name of their address lies in one of its domains, and leads back to the address.</summary>
/// <param name="Agent">What its crawlers' <c>User-Agent</c> contains.</param>
/// <param name="Domains">Its domains.</param>
internal sealed record SearchEngine(string Agent, params string[] Domains)
{
    private static readonly SearchEngine[] s_all =
    [
        new("Googlebot", "googlebot.com", "google.com", "googleusercontent.com"),
        new("bingbot", "search.msn.com"),
        new("Applebot", "applebot.apple.com"),
        new("YandexBot", "yandex.ru", "yandex.net", "yandex.com"),
        new("Baiduspider", "baidu.com", "baidu.jp"),
        new("PetalBot", "petalsearch.com"),
        new("SeznamBot", "seznam.cz"),
    ];

    /// <summary>The one that an agent claims; null when it claims none of them.</summary>
    public static SearchEngine? Of(string agent) => Array.Find(s_all, engine => agent.Contains(engine.Agent, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a host name lies in one of the domains.</summary>
    public bool Has(string host)
    {
        var name = host.TrimEnd('.');
        return Array.Exists(Domains, domain => name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
    }
}
