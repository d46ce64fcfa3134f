using System.Globalization;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>The browser that a <c>User-Agent</c> claims to be.</summary>
/// <param name="Family">Its engine.</param>
/// <param name="Major">Its version; 0 when it says none.</param>
internal readonly record struct BrowserClaim(BrowserFamily Family, int Major)
{
    // The first versions whose every request over HTTPS has these headers.
    private const int ChromiumWithHints = 112;
    private const int ChromiumWithFetchMetadata = 80;
    private const int FirefoxWithFetchMetadata = 90;
    private const int WebKitWithFetchMetadata = 17;

    /// <summary>Whether such a browser sends <c>Sec-Fetch-*</c> over HTTPS.</summary>
    public bool SendsFetchMetadata => Family switch
    {
        BrowserFamily.Chromium => Major >= ChromiumWithFetchMetadata,
        BrowserFamily.Firefox => Major >= FirefoxWithFetchMetadata,
        BrowserFamily.WebKit => Major >= WebKitWithFetchMetadata,
        _ => false,
    };

    /// <summary>Whether such a browser sends client hints over HTTPS.</summary>
    public bool SendsHints => Family is BrowserFamily.Chromium && Major >= ChromiumWithHints;

    /// <summary>Reads a <c>User-Agent</c>.</summary>
    public static BrowserClaim Of(string agent)
    {
        // Every browser says it, since 1998.
        if (!agent.StartsWith("Mozilla/5.0 (", StringComparison.Ordinal))
        {
            return default;
        }

        return Version(agent, "Chrome/") is { } chrome ? new BrowserClaim(BrowserFamily.Chromium, chrome)
            : Version(agent, "Firefox/") is { } firefox ? new BrowserClaim(BrowserFamily.Firefox, firefox)
            : agent.Contains("AppleWebKit/", StringComparison.Ordinal) ? new BrowserClaim(BrowserFamily.WebKit, Version(agent, "Version/") ?? 0)
            : default;
    }

    private static int? Version(string agent, string product)
    {
        var at = agent.IndexOf(product, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var digits = agent.AsSpan(at + product.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
