using System.Net;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads <c>request</c>.</summary>
internal static class GivenRequest
{
    private static readonly string[] CertificateKeys = ["thumbprint", "subject", "issuer", "names"];

    /// <summary>The keys of <c>request</c>.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["method", "host", "path", "query", "headers", "ip", "country", "asn", "client-certificate", "bot-score", "challenge-passed", "route"];

    public static AccessRequest Read(YamlMap map, Subject? subject, DateTimeOffset now, ErrorList errors)
    {
        var path = Expect.RequiredValue(map, "path", "request", errors);
        if (path is not null && (!path.Text.StartsWith('/') || path.Text.AsSpan().ContainsAny('?', '#')))
        {
            errors.Add(ErrorCodes.BadPath, path.Place, "This is no path", path.Text, "A path begins with / and has no query; that stands behind query");
        }

        IPAddress? address = null;
        if (map["ip"] is { } ip && Expect.Value(ip, "ip", errors) is { } text && !IPAddress.TryParse(text.Text, out address))
        {
            errors.Add(ErrorCodes.BadNetwork, text.Place, "This is no address", text.Text, "Write one address, like 203.0.113.7");
        }

        return new AccessRequest
        {
            Route = Given.Text(map, "route", "test", errors),
            Method = Given.Text(map, "method", "GET", errors),
            Host = Given.Text(map, "host", "localhost", errors),
            Path = path?.Text ?? "/",
            Query = ReadQuery(map, errors),
            RemoteAddress = address,
            Facts = new GivenFacts(
                ReadHeaders(map, errors),
                ReadCertificate(map, errors),
                ReadCountry(map, errors),
                ReadAsn(map, errors),
                (int?)Given.Number(map, "bot-score", BotScoreCriterion.Highest, errors),
                botSignals: null,
                map["challenge-passed"] is null ? null : Given.Flag(map, "challenge-passed", errors)),
            Now = now,
            Subject = subject,
        };
    }

    private static string? ReadQuery(YamlMap map, ErrorList errors)
    {
        if (map["query"] is not { } node || Expect.Value(node, "query", errors) is not { } query)
        {
            return null;
        }

        if (query.Text.StartsWith('?'))
        {
            errors.Add(ErrorCodes.BadPath, query.Place, "This is no query", query.Text, "Write it without the question mark");
        }

        return query.Text;
    }

    private static Dictionary<string, string[]> ReadHeaders(YamlMap map, ErrorList errors)
    {
        Dictionary<string, string[]> headers = new(StringComparer.OrdinalIgnoreCase);
        if (map["headers"] is YamlMap fields)
        {
            foreach (var (name, value) in fields.Entries)
            {
                if (ValueRules.IsFieldName(name, errors) && Expect.Values(value, name.Text, errors) is { } lines && !headers.TryAdd(name.Text, [.. lines.Select(line => line.Text)]))
                {
                    errors.Add(ErrorCodes.DuplicateKey, name.Place, "The header stands here a second time", name.Text, "Write its lines as one list");
                }
            }
        }
        else if (map["headers"] is { } other)
        {
            Expect.Map(other, "headers", [], errors);
        }

        return headers;
    }

    private static string? ReadCountry(YamlMap map, ErrorList errors) =>
        map["country"] is { } node && Expect.Value(node, "country", errors) is { } country && ValueRules.IsCountry(country, errors) && country.Text != CountryCriterion.NotKnown
            ? country.Text
            : null;

    private static long? ReadAsn(YamlMap map, ErrorList errors) =>
        map["asn"] is { } node && Expect.Value(node, "asn", errors) is { } asn && ValueRules.IsAsn(asn, errors) && asn.Text != CountryCriterion.NotKnown
            ? ValueRules.Asn(asn.Text)
            : null;

    private static ClientCertificate? ReadCertificate(YamlMap map, ErrorList errors) =>
        map["client-certificate"] is { } node && Expect.Map(node, "client-certificate", CertificateKeys, errors) is { } certificate
            ? new ClientCertificate
            {
                Thumbprint = Given.Text(certificate, "thumbprint", "", errors).Replace(":", "", StringComparison.Ordinal).ToLowerInvariant(),
                Subject = Given.Text(certificate, "subject", "", errors),
                Issuer = Given.Text(certificate, "issuer", "", errors),
                AlternativeNames = [.. Given.Texts(certificate, "names", [], errors)],
            }
            : null;
}
