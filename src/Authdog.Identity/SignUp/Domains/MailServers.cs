using Authdog.Identity.Resolving;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp.Domains;

/// <summary>Whether mail can be delivered to a domain, as the DNS says (RFC 5321, section 5.1; RFC 7505).</summary>
internal sealed class MailServers(IOptions<SignUpDomainOptions> options)
{
    private readonly Lazy<LookupClient> _client = new(() => NameServers.Client(options.Value.Resolvers, options.Value.Timeout, keep: TimeSpan.FromMinutes(10)));

    /// <summary>Whether there is a mail server; null when no answer could be had.</summary>
    public async Task<bool?> ExistAsync(string domain, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(domain, QueryType.MX, cancellationToken: cancellationToken);
            if (answer.Header.ResponseCode is DnsHeaderResponseCode.NotExistentDomain)
            {
                return false;
            }

            if (answer.HasError)
            {
                return null;
            }

            var servers = answer.Answers.MxRecords().ToList();

            // One of nothing says that the domain takes no mail (null MX); none at all, that its own address does.
            return servers.Count > 0 ? servers.Exists(IsServer) : await HasAddressAsync(domain, cancellationToken);
        }
        catch (Exception exception) when (exception is DnsResponseException or ArgumentException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static bool IsServer(MxRecord record) => record.Exchange.Value is not ("." or "");

    private async Task<bool?> HasAddressAsync(string domain, CancellationToken cancellationToken)
    {
        var four = await _client.Value.QueryAsync(domain, QueryType.A, cancellationToken: cancellationToken);
        if (four.Answers.ARecords().Any())
        {
            return true;
        }

        var six = await _client.Value.QueryAsync(domain, QueryType.AAAA, cancellationToken: cancellationToken);
        return six.Answers.AaaaRecords().Any() ? true : four.HasError || six.HasError ? null : false;
    }
}
