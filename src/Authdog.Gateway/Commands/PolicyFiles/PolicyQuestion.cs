using System.CommandLine;
using System.Net;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>A request and a person as options of a command.</summary>
internal sealed class PolicyQuestion
{
    private readonly Option<string> _method = new("--method") { Description = "HTTP method.", HelpName = "M", DefaultValueFactory = _ => "GET" };
    private readonly Option<string> _path = new("--path") { Description = "Path, decoded.", HelpName = "P", DefaultValueFactory = _ => "/" };
    private readonly Option<string> _query = new("--query") { Description = "Query, encoded, without the question mark.", HelpName = "Q" };
    private readonly Option<string> _host = new("--host") { Description = "Host.", HelpName = "H", DefaultValueFactory = _ => "localhost" };
    private readonly Option<string[]> _headers = new("--header") { Description = "A header as name=value; may be repeated.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<IPAddress?> _ip = new("--ip")
    {
        Description = "Address of the client.",
        HelpName = "A",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return address;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not an address.");
            return null;
        },
    };

    private readonly Option<string> _country = new("--country") { Description = "Country of the client's address, two capital letters.", HelpName = "CC" };
    private readonly Option<long?> _asn = new("--asn") { Description = "Autonomous system of the client's address.", HelpName = "N" };
    private readonly Option<int?> _botScore = new("--bot-score") { Description = "Bot score, 0 to 100.", HelpName = "N" };
    private readonly Option<bool> _challengePassed = new("--challenge-passed") { Description = "The client has solved a challenge." };
    private readonly Option<string> _thumbprint = new("--certificate-thumbprint") { Description = "SHA-256 of the client's certificate, in hexadecimal.", HelpName = "HEX" };
    private readonly Option<string> _certificateSubject = new("--certificate-subject") { Description = "Subject of the client's certificate.", HelpName = "DN" };
    private readonly Option<string> _certificateIssuer = new("--certificate-issuer") { Description = "Issuer of the client's certificate.", HelpName = "DN" };
    private readonly Option<string[]> _certificateNames = new("--certificate-name") { Description = "An alternative name of the client's certificate; may be repeated.", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private readonly Option<DateTimeOffset?> _at = new("--at") { Description = "Time of the request, with its offset, like 2026-03-02T10:00+01:00; now without it.", HelpName = "TIME" };

    /// <summary>Who asks.</summary>
    public PolicyPerson Person { get; } = new();

    /// <summary>The route, which names the policy.</summary>
    public Option<string> Route { get; } = new("--route") { Description = "Id of the route; its policy is asked.", HelpName = "R" };

    /// <summary>The policy, when no route is to say it.</summary>
    public Option<string> Policy { get; } = new("--policy") { Description = "Policy to ask, instead of the route's.", HelpName = "NAME" };

    /// <summary>A recorded decision, instead of a described request.</summary>
    public Option<string> Decision { get; } = new("--decision") { Description = "Explain the recorded decision of this id, as an error page, problem+json and the log show it.", HelpName = "ID" };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            Route, Policy, Decision, _method, _host, _path, _query, _headers, _ip, _country, _asn, _botScore, _challengePassed,
            _thumbprint, _certificateSubject, _certificateIssuer, _certificateNames, _at,
        })
        {
            command.Add(option);
        }

        Person.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Route) is null && result.GetValue(Policy) is null && result.GetValue(Decision) is null)
            {
                result.AddError("Give --route R, --policy NAME or --decision ID.");
            }

            if (result.GetValue(_path) is { } path && path is not ['/', ..])
            {
                result.AddError("--path begins with '/'.");
            }

            if ((result.GetValue(_headers) ?? []).Any(header => header.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError("A header is written name=value.");
            }

            if (result.GetValue(_botScore) is < 0 or > 100)
            {
                result.AddError("--bot-score is from 0 to 100.");
            }
        });
    }

    /// <summary>The request that the options describe; <paramref name="person"/> is who the directory knows under the address.</summary>
    public AccessRequest Request(ParseResult parsed, DirectoryPerson? person, DateTimeOffset now)
    {
        var at = parsed.GetValue(_at) ?? now;
        return new AccessRequest
        {
            Route = parsed.GetValue(Route) ?? string.Empty,
            Method = parsed.GetRequiredValue(_method),
            Host = parsed.GetRequiredValue(_host).ToLowerInvariant(),
            Path = parsed.GetRequiredValue(_path),
            Query = parsed.GetValue(_query),
            RemoteAddress = parsed.GetValue(_ip),
            Facts = new GivenFacts(Headers(parsed), Certificate(parsed), parsed.GetValue(_country), parsed.GetValue(_asn), parsed.GetValue(_botScore), botSignals: null, parsed.GetValue(_challengePassed)),
            Now = at,
            Subject = Person.Subject(parsed, person, at),
        };
    }

    private Dictionary<string, string[]> Headers(ParseResult parsed) => (parsed.GetValue(_headers) ?? [])
        .Select(header => header.Split('=', 2))
        .GroupBy(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(header => header.Key, header => header.ToArray(), StringComparer.OrdinalIgnoreCase);

    private ClientCertificate? Certificate(ParseResult parsed)
    {
        var (thumbprint, subject, issuer, names) = (parsed.GetValue(_thumbprint), parsed.GetValue(_certificateSubject), parsed.GetValue(_certificateIssuer), parsed.GetValue(_certificateNames) ?? []);
        return thumbprint is null && subject is null && issuer is null && names.Length == 0
            ? null
            : new ClientCertificate
            {
                Thumbprint = (thumbprint ?? "").Replace(":", "", StringComparison.Ordinal).ToLowerInvariant(),
                Subject = subject ?? "",
                Issuer = issuer ?? "",
                AlternativeNames = [.. names],
            };
    }
}
