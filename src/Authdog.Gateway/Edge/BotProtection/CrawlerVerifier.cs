using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Authdog.Identity.Resolving;
using DnsClient;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Verifies crawlers of search engines by the reverse name of their address and the addresses of that name. Off the request's path: who is asked about for the first time is unknown until the answer is there.</summary>
internal sealed class CrawlerVerifier(IOptions<CrawlerOptions> options, TimeProvider time, ILogger<CrawlerVerifier> logger) : BackgroundService
{
    private const int MaxRemembered = 10_000;
    private const int QueueLength = 256;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    // What DNS did not answer is asked again soon.
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(IPAddress Address, string Engine), (CrawlerIdentity Identity, DateTimeOffset Until)> _known = new();
    private readonly Channel<(IPAddress Address, SearchEngine Engine)> _queue = Channel.CreateBounded<(IPAddress, SearchEngine)>(QueueLength);

    /// <summary>What is known of an address that claims to be an engine's.</summary>
    public CrawlerIdentity Find(IPAddress address, SearchEngine engine)
    {
        if (!options.Value.Verify)
        {
            return CrawlerIdentity.Unknown;
        }

        if (_known.TryGetValue((address, engine.Agent), out var known) && time.GetUtcNow() < known.Until)
        {
            return known.Identity;
        }

        // Marked before it is asked for, so that a crowd asks once. A full queue leaves it unknown.
        if (_queue.Writer.TryWrite((address, engine)))
        {
            Remember(address, engine, known.Identity, s_retry);
        }

        return known.Identity;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Verify)
        {
            return;
        }

        var client = NameServers.Client(options.Value.Resolvers, s_timeout);
        await foreach (var (address, engine) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            var identity = await VerifyAsync(client, address, engine, stoppingToken);
            Remember(address, engine, identity, identity is CrawlerIdentity.Unknown ? s_retry : options.Value.RememberFor);
            if (identity is CrawlerIdentity.Impostor)
            {
                BotProtectionLog.Impostor(logger, engine.Agent, address);
            }
        }
    }

    private async Task<CrawlerIdentity> VerifyAsync(LookupClient client, IPAddress address, SearchEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var names = await client.QueryReverseAsync(address, cancellationToken);
            if (names.HasError && names.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain)
            {
                return CrawlerIdentity.Unknown;
            }

            foreach (var name in names.Answers.PtrRecords().Select(record => record.PtrDomainName.Value).Where(engine.Has).Take(4))
            {
                var type = address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? QueryType.AAAA : QueryType.A;
                var addresses = await client.QueryAsync(name, type, cancellationToken: cancellationToken);
                if (addresses.Answers.AddressRecords().Any(record => record.Address.Equals(address)))
                {
                    return CrawlerIdentity.Verified;
                }
            }

            return CrawlerIdentity.Impostor;
        }
        catch (DnsResponseException e)
        {
            BotProtectionLog.DnsFailed(logger, address, e.Code.ToString());
            return CrawlerIdentity.Unknown;
        }
    }

    private void Remember(IPAddress address, SearchEngine engine, CrawlerIdentity identity, TimeSpan lifetime)
    {
        if (_known.Count >= MaxRemembered)
        {
            _known.Clear();
        }

        _known[(address, engine.Agent)] = (identity, time.GetUtcNow() + lifetime);
    }
}
