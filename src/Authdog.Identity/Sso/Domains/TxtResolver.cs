using Authdog.Identity.Resolving;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Asks name servers for TXT records. Bounded in time and in what is read; nothing is cached, so that a record counts as soon as it is there.</summary>
internal sealed class TxtResolver(IOptions<DomainOptions> options)
{
    private const int MaxRecords = 64;
    private const int MaxLength = 512;

    // Made when first needed: a machine without name servers starts, and says so when a domain is to be verified.
    private readonly Lazy<LookupClient> _client = new(() => NameServers.Client(options.Value.Resolvers, options.Value.Timeout));

    /// <summary>The texts at a name.</summary>
    public async Task<TxtAnswer> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(name, QueryType.TXT, QueryClass.IN, cancellationToken);
            return (DnsHeaderResponseCode)answer.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain => new TxtAnswer.Texts([.. answer.Answers.OfType<TxtRecord>().Take(MaxRecords).Select(Text)]),
                var code => new TxtAnswer.Unknown($"the name server answered {code}"),
            };
        }
        catch (DnsResponseException exception)
        {
            return new TxtAnswer.Unknown(exception.Code is DnsResponseCode.ConnectionTimeout ? "no name server answered in time" : $"the name server answered {exception.Code}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return new TxtAnswer.Unknown("this machine knows no name server; set Sso:Domains:Resolvers");
        }
    }

    private static string Text(TxtRecord record)
    {
        // Several strings of one record are one text (RFC 7208, section 3.3, for everybody who reads TXT).
        var text = string.Concat(record.Text);
        return text.Length > MaxLength ? text[..MaxLength] : text;
    }
}
