using Authdog.Gateway.Access.Geo;
using Authdog.Identity.Bots;
using Authdog.Identity.Challenges;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Scores a request once, when a policy, a header for the app or a ceremony asks for it. Traffic for which nobody asks pays nothing.</summary>
internal sealed class BotScorer(
    CrawlerPatterns patterns,
    CrawlerVerifier crawlers,
    HostingNetworks hosting,
    GeoDatabases geo,
    ClientRates rates,
    ClientMarks marks,
    RouteChallenges challenges,
    BotMetrics metrics,
    IOptions<SignalOptions> weights)
{
    // A person who clicks fast, with all that a page loads, stays below.
    private const int BurstFrom = 120;

    /// <summary>The request's score.</summary>
    public BotScore Of(HttpContext context)
    {
        if (context.Features.Get<BotScore>() is { } known)
        {
            return known;
        }

        List<BotSignal> signals = [];
        var agent = context.Request.Headers.UserAgent.ToString();
        var request = context.Features.GetRequiredFeature<CanonicalRequest>();
        AddAgent(context, request, agent, signals);
        AddNetwork(request, signals);
        AddHistory(context, signals);
        var score = BotScore.Of(signals);
        context.Features.Set(score);
        metrics.Scored(score.Value);
        return score;
    }

    private void AddAgent(HttpContext context, CanonicalRequest request, string agent, List<BotSignal> signals)
    {
        if (agent.Length == 0)
        {
            signals.Add(new BotSignal("no-agent", weights.Value.NoAgent));
            return;
        }

        var claim = BrowserClaim.Of(agent);
        if (patterns.Find(agent) is { } declared && !declared.Equals("HeadlessChrome", StringComparison.Ordinal))
        {
            signals.Add(new BotSignal("declared-crawler", weights.Value.DeclaredCrawler));
            AddIdentity(request, agent, signals);
        }
        else if (claim.Family is BrowserFamily.None)
        {
            signals.Add(new BotSignal("unknown-agent", weights.Value.UnknownAgent));
        }
        else
        {
            BrowserSignals.Collect(context, agent, claim, IsSecure(request), weights.Value, signals);
        }
    }

    private void AddIdentity(CanonicalRequest request, string agent, List<BotSignal> signals)
    {
        if (request.RemoteAddress is { } address && SearchEngine.Of(agent) is { } engine)
        {
            switch (crawlers.Find(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, engine))
            {
                case CrawlerIdentity.Verified:
                    signals.Add(new BotSignal("verified-crawler", weights.Value.VerifiedCrawler));
                    break;
                case CrawlerIdentity.Impostor:
                    signals.Add(new BotSignal("impostor-crawler", weights.Value.ImpostorCrawler));
                    break;
            }
        }
    }

    private void AddNetwork(CanonicalRequest request, List<BotSignal> signals)
    {
        if (weights.Value.HostingNetwork != 0 && geo.Asn(request.RemoteAddress) is { } asn && hosting.Contains(asn))
        {
            signals.Add(new BotSignal("hosting-network", weights.Value.HostingNetwork));
        }

        if (weights.Value.Burst != 0 && rates.Count(ClientNetwork.Of(request.RemoteAddress)) > BurstFrom)
        {
            signals.Add(new BotSignal("burst", weights.Value.Burst));
        }
    }

    private void AddHistory(HttpContext context, List<BotSignal> signals)
    {
        if (context.Features.Get<TenantFeature>()?.Tenant is not { } tenant)
        {
            return;
        }

        if (marks.IsForged(context, tenant))
        {
            signals.Add(new BotSignal("forged-cookie", weights.Value.ForgedCookie));
        }
        else if (marks.Find(context, tenant) is { } mark)
        {
            if (mark.Trust is not null)
            {
                signals.Add(new BotSignal("signed-in-before", weights.Value.SignedInBefore));
            }
            else if (marks.IsFromEarlier(mark))
            {
                signals.Add(new BotSignal("known-client", weights.Value.KnownClient));
            }
        }

        if (challenges.Remembers(context, tenant))
        {
            signals.Add(new BotSignal("challenge-passed", weights.Value.ChallengePassed));
        }
    }

    // Secure Contexts, section 3.1: browsers trust this machine without TLS.
    private static bool IsSecure(CanonicalRequest request) =>
        request.Scheme == Uri.UriSchemeHttps
        || request.Host is "localhost" or "127.0.0.1" or "[::1]" or "::1"
        || request.Host.EndsWith(".localhost", StringComparison.Ordinal);
}
