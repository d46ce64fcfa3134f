namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>The order in which a browser sends its fields.</summary>
/// <remarks>
/// The server keeps the order of those fields alone that it has no place of its own for: client hints and <c>Sec-Fetch-*</c> among them. That
/// is where browsers differ from what libraries and hand-written lists send, and proxies leave their order alone.
/// </remarks>
internal static class HeaderOrder
{
    private static readonly string[] s_chromium = ["sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-User", "Sec-Fetch-Dest"];
    private static readonly string[] s_fetch = ["sec-ch-ua-platform", "sec-ch-ua", "sec-ch-ua-mobile", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"];
    private static readonly string[] s_firefox = ["Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User"];

    /// <summary>Whether the fields stand as the browser sends them, as far as they are there. WebKit changes its mind too often to be judged.</summary>
    public static bool Fits(IHeaderDictionary headers, BrowserFamily family) => family switch
    {
        // A page's own requests begin with the platform, those of the address bar do not.
        BrowserFamily.Chromium => Follows(headers, s_chromium) || Follows(headers, s_fetch),
        BrowserFamily.Firefox => Follows(headers, s_firefox),
        _ => true,
    };

    private static bool Follows(IHeaderDictionary headers, string[] order)
    {
        var reached = -1;
        foreach (var (name, _) in headers)
        {
            var place = Array.FindIndex(order, one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (place < 0)
            {
                continue;
            }

            if (place < reached)
            {
                return false;
            }

            reached = place;
        }

        return true;
    }
}
