using System.Net;
using DnsClient;

namespace Authdog.Identity.Resolving;

/// <summary>How name servers are named in settings, and how they are asked: bounded in time, once more when no answer comes, and never by throwing for an answer that is an error.</summary>
public static class NameServers
{
    private const int Port = 53;

    /// <summary>An address such as <c>10.0.0.2</c> or <c>[2001:db8::53]:5353</c>; null when the text is none.</summary>
    public static IPEndPoint? Parse(string text) =>
        IPEndPoint.TryParse(text, out var endPoint) ? (endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, Port) : endPoint) : null;

    /// <summary>A client of these servers, or of the machine's own where none are named. Finding those may fail: make it when it is first needed.</summary>
    /// <param name="servers">As settings name them; what is no address was refused at the start.</param>
    /// <param name="timeout">How long each question may take.</param>
    /// <param name="keep">How long answers are kept at the most; null: not at all.</param>
    public static LookupClient Client(IEnumerable<string> servers, TimeSpan timeout, TimeSpan? keep = null)
    {
        IPEndPoint[] named = [.. servers.Select(Parse).OfType<IPEndPoint>()];
        var settings = named.Length > 0 ? new LookupClientOptions(named) : new LookupClientOptions();
        (settings.Timeout, settings.Retries, settings.ThrowDnsErrors, settings.ContinueOnDnsError) = (timeout, 1, false, true);
        (settings.UseCache, settings.MaximumCacheTimeout) = (keep is not null, keep);
        return new LookupClient(settings);
    }
}
