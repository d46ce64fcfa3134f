namespace Authdog.Gateway.Edge.BotProtection;

/// <summary><c>Sec-Fetch-*</c> (Fetch Metadata Request Headers) as browsers send them together.</summary>
internal static class FetchMetadata
{
    public const string Site = "Sec-Fetch-Site";
    private const string Mode = "Sec-Fetch-Mode";
    private const string Destination = "Sec-Fetch-Dest";
    private const string User = "Sec-Fetch-User";

    /// <summary>Whether no browser sends these together. None at all is not odd.</summary>
    public static bool IsOdd(IHeaderDictionary headers)
    {
        var (site, mode, destination, user) = (headers[Site].ToString(), headers[Mode].ToString(), headers[Destination].ToString(), headers[User].ToString());
        if (site.Length == 0 && mode.Length == 0 && destination.Length == 0)
        {
            return user.Length > 0;
        }

        return site is not ("none" or "same-origin" or "same-site" or "cross-site")
            || mode is not ("navigate" or "cors" or "no-cors" or "same-origin" or "websocket")

            // Nobody but a person who navigates is "none", and only a navigation has a document for its destination.
            || (user.Length > 0 && (user != "?1" || mode != "navigate"))
            || (mode == "navigate" && destination is not ("document" or "iframe" or "frame" or "embed" or "object" or "fencedframe"))
            || (mode != "navigate" && destination is "document");
    }
}
