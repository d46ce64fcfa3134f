using Authdog.Identity.Bots;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>What the headers of a request that claims to come from a browser show: what is missing, odd, or does not go together.</summary>
internal static class BrowserSignals
{
    /// <param name="context">The request.</param>
    /// <param name="agent">Its <c>User-Agent</c>.</param>
    /// <param name="claim">The browser that this claims.</param>
    /// <param name="isSecure">Whether a browser takes the origin for trustworthy: HTTPS, or this machine. Elsewhere it sends neither client hints nor <c>Sec-Fetch-*</c>.</param>
    /// <param name="weights">What each signal weighs.</param>
    /// <param name="signals">Where they go.</param>
    public static void Collect(HttpContext context, string agent, BrowserClaim claim, bool isSecure, SignalOptions weights, List<BotSignal> signals)
    {
        var headers = context.Request.Headers;
        var isWebSocket = headers.Upgrade.Count > 0 || HttpMethods.IsConnect(context.Request.Method);
        Add(headers.AcceptLanguage.ToString().Length == 0, "no-language", weights.NoLanguage);
        Add(!headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal), "no-encoding", weights.NoEncoding);
        Add(ClientHints.AreHeadless(headers) || agent.Contains("HeadlessChrome", StringComparison.Ordinal), "headless", weights.Headless);
        Add(ClientHints.Contradict(headers, agent, claim), "hints-contradict", weights.HintsContradict);
        Add(FetchMetadata.IsOdd(headers), "odd-fetch-metadata", weights.OddFetchMetadata);
        Add(!HeaderOrder.Fits(headers, claim.Family), "header-order", weights.HeaderOrder);

        // Of what opens a WebSocket no browser says what it accepts, and Chromium nothing else either.
        if (!isWebSocket)
        {
            Add(IsOddAccept(headers), "odd-accept", weights.OddAccept);
            Add(isSecure && claim.SendsFetchMetadata && headers[FetchMetadata.Site].Count == 0, "no-fetch-metadata", weights.NoFetchMetadata);
            Add(isSecure && claim.SendsHints && headers[ClientHints.Brands].Count == 0, "no-client-hints", weights.NoClientHints);
        }

        void Add(bool applies, string name, int weight)
        {
            if (applies && weight != 0)
            {
                signals.Add(new BotSignal(name, weight));
            }
        }
    }

    private static bool IsOddAccept(IHeaderDictionary headers)
    {
        var accept = headers[HeaderNames.Accept].ToString();
        return accept.Length == 0 || (headers["Sec-Fetch-Dest"] == "document" && !accept.Contains("text/html", StringComparison.Ordinal));
    }
}
