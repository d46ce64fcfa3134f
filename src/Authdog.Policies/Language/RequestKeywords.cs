using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>The criteria about the request.</summary>
internal static class RequestKeywords
{
    public static IReadOnlyList<CriterionKeyword> All { get; } =
    [
        Values("route", "Id of the matched route.", "[billing, reports]", new(), ValueRules.IsText, (values, _) => new RouteCriterion(values)),
        Values("path", "Path of the request, decoded, without query. * is any run of characters within a segment; ** is any number of segments, so /x/** is /x and everything below.", "[/invoices, /invoices/**, /files/*.pdf]",
            new("^/"), ValueRules.IsPath, (values, context) => new PathCriterion([.. values.Select(value => new PathPattern(value, context.HitRefuses))])),
        new("path-expression", new ValueShape.Many(), false, "Regular expression of the whole path, matched in linear time.", "'/invoices/[0-9]+(/lines)?'", ReadPathExpression),
        Values("method", "HTTP method, in upper case.", "[GET, HEAD]",
            new("^[!#$%&'*+.^_`|~0-9A-Z-]+$"), ValueRules.IsMethod, (values, context) => new MethodCriterion(values, context.HitRefuses)),
        Values("host", "Host of the request, without port. *.example.com is every name below example.com, but not itself.", "[app.example.com, '*.internal.example.com']",
            new(), ValueRules.IsHost, (values, _) => new HostCriterion(values)),
        CriterionKeyword.OfKeys("query", false, "A parameter of the query, decoded.", "{ name: format, value: [csv, json] }", Shapes.NamedText, SentTextReader.ReadQuery),
        CriterionKeyword.OfKeys("header", false, "A field of the request. Anybody can send any header: good for telling programs apart, no proof of who they are.", "{ name: X-Api-Version, value: '2' }", Shapes.NamedText, SentTextReader.ReadHeader),
        new("ip", new ValueShape.Many(), false, "Client's address: an address, a CIDR block, or networks/NAME for the blocks in the file networks/NAME.txt.", "[203.0.113.7, 2001:db8::/32]", NetworkReader.Compile),
        Values("country", "Country of the client's address (ISO 3166-1 alpha-2), or unknown.", "[DE, AT, CH]", new("^([A-Z]{2}|unknown)$"), ValueRules.IsCountry, (values, _) => new CountryCriterion(values)),
        Values("asn", "Number of the autonomous system of the client's address, or unknown.", "[64496, 64511]", new(), ValueRules.IsAsn,
            (values, _) => new AsnCriterion([.. values.Where(value => value != CountryCriterion.NotKnown).Select(ValueRules.Asn)], values.Contains(CountryCriterion.NotKnown))),
        CriterionKeyword.OfKeys("time", false, "The time on the wall of a time zone.", "{ zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }", Shapes.Time, TimeReader.Read),
        CriterionKeyword.OfKeys("client-certificate", false, "The client presented a verified certificate: present, or one with these properties.", "{ issuer: 'CN=Partner CA, O=Acme', name: robot.acme.example }", Shapes.ClientCertificate, ClientCertificateReader.Read,
            _ => new ClientCertificateCriterion([], [], [], [])),
        CriterionKeyword.OfKeys("bot-score", false, "How likely the client is a program: 0 is surely a person, 100 surely a bot.", "{ at-least: 80 }", Shapes.Score, BotScoreReader.Read),
    ];

    private static CriterionKeyword Values(
        string name,
        string description,
        string example,
        ValueShape.Many shape,
        Func<YamlScalar, ErrorList, bool> isValid,
        Func<string[], RuleContext, Criterion> make) =>
        CriterionKeyword.OfValues(name, false, description, example, shape, isValid, make);

    private static PathExpressionCriterion? ReadPathExpression(YamlNode node, RuleContext context)
    {
        if (Expect.Values(node, "path-expression", context.Errors) is not { } texts)
        {
            return null;
        }

        var expressions = texts.Select(text => ExpressionReader.Read(text, context.HitRefuses, context.Errors)).ToArray();
        return expressions.Contains(null) ? null : new PathExpressionCriterion([.. texts.Select(text => text.Text)], expressions!, context.HitRefuses);
    }
}
