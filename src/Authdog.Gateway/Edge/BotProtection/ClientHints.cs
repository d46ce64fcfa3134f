namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Client hints (User-Agent Client Hints, section 3) against the <c>User-Agent</c>.</summary>
internal static class ClientHints
{
    public const string Brands = "sec-ch-ua";
    private const string Mobile = "sec-ch-ua-mobile";
    private const string Platform = "sec-ch-ua-platform";

    /// <summary>Whether they say something else than the <c>User-Agent</c> does.</summary>
    public static bool Contradict(IHeaderDictionary headers, string agent, BrowserClaim claim)
    {
        var brands = headers[Brands].ToString();
        if (brands.Length == 0)
        {
            return false;
        }

        return claim.Family is not BrowserFamily.Chromium
            || !brands.Contains($"\"Chromium\";v=\"{claim.Major}\"", StringComparison.Ordinal)
            || IsOtherMobile(headers[Mobile].ToString(), agent)
            || IsOtherPlatform(headers[Platform].ToString(), agent);
    }

    /// <summary>Whether they name a browser without a window.</summary>
    public static bool AreHeadless(IHeaderDictionary headers) => headers[Brands].ToString().Contains("Headless", StringComparison.Ordinal);

    private static bool IsOtherMobile(string mobile, string agent) => mobile switch
    {
        "?1" => !agent.Contains("Mobile", StringComparison.Ordinal),
        "?0" => agent.Contains("Mobile", StringComparison.Ordinal),
        _ => false,
    };

    // A phone that asks for the desktop's page says Linux here and there: it is left alone.
    private static bool IsOtherPlatform(string platform, string agent) => platform switch
    {
        "\"Windows\"" => !agent.Contains("Windows NT", StringComparison.Ordinal),
        "\"macOS\"" => !agent.Contains("Macintosh", StringComparison.Ordinal),
        "\"Linux\"" or "\"Android\"" => agent.Contains("Windows NT", StringComparison.Ordinal) || agent.Contains("Macintosh", StringComparison.Ordinal),
        _ => false,
    };
}
