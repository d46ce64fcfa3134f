using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>Every word that may stand in <c>when</c>: the one source of parser, schema and manual.</summary>
internal static class CriterionKeywords
{
    private const string DurationPattern = "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$";

    public static IReadOnlyList<CriterionKeyword> All { get; } =
    [
        Combination("all", CriterionShape.Combination, "Every one of these holds.", "[{ role: finance }, { tenant: acme }]"),
        Combination("any", CriterionShape.Combination, "At least one of these holds.", "[{ role: owner }, { email: ada@example.com }]"),
        Combination("not", CriterionShape.Opposite, "This does not hold. Of a list: none of these holds.", "{ role: guest }"),
        Values("path", false, "Path of the request, decoded, without query. * is one segment; /x/** is /x and everything below.", "[/invoices, /invoices/**]",
            "^/", null, ValueRules.IsPath, (values, context) => new PathCriterion([.. values.Select(value => new PathPattern(value, context.HitRefuses))])),
        Values("method", false, "HTTP method, in upper case.", "[GET, HEAD]",
            "^[!#$%&'*+.^_`|~0-9A-Z-]+$", null, ValueRules.IsMethod, (values, context) => new MethodCriterion(values, context.HitRefuses)),
        Values("host", false, "Host of the request, without port. *.example.com is every name below example.com, but not itself.", "[app.example.com, '*.internal.example.com']",
            null, null, ValueRules.IsHost, (values, _) => new HostCriterion(values)),
        new CriterionKeyword("ip", CriterionShape.Values, false, "Client's address: an address, a CIDR block, or networks/NAME for the blocks in the file networks/NAME.txt.", "[203.0.113.7, 2001:db8::/32]",
            null, null, NetworkReader.Compile),
        Values("role", true, "A role of the person, in any letter case.", "[finance, owner]", null, null, ValueRules.IsText, (values, _) => new RoleCriterion(values)),
        Values("tenant", true, "Tenant of the person.", "acme", "^[a-z0-9-]+$", null, ValueRules.IsTenant, (values, _) => new TenantCriterion(values)),
        Values("user", true, "Id of the person (sub).", "0198c0de-0000-7000-8000-000000000001", null, null, ValueRules.IsText, (values, _) => new UserCriterion(values)),
        Values("email", true, "Verified e-mail address of the person.", "ada@example.com", "^[^@ ]+@[^@ ]+$", null, ValueRules.IsEmail, (values, _) => new EmailCriterion(values)),
        Values("email-domain", true, "Domain of the person's verified e-mail address, whole.", "[example.com, example.org]", "^[A-Za-z0-9.-]+$", null, ValueRules.IsEmailDomain, (values, _) => new EmailDomainCriterion(values)),
        new CriterionKeyword("claim", CriterionShape.Claims, true, "A further claim of the person has one of the values; without value, it is there at all.", "{ name: department, value: [sales, support] }", null, null, null),
        Values("acr", true, "Level of authentication, this or stronger.", "aal2", null, AssuranceLevel.All, ValueRules.IsAcr, (values, _) => new AcrCriterion(values)),
        Values("amr", true, "Method of authentication (RFC 8176) that was used.", "[otp, hwk]", "^[A-Za-z0-9._:-]+$", null, ValueRules.IsAmr, (values, _) => new AmrCriterion(values)),
        new CriterionKeyword("max-age", CriterionShape.Value, true, "The person authenticated no longer ago than this.", "15m", DurationPattern, null,
            (values, context) => ValueRules.IsDuration(values[0], context.Errors) && Duration.TryParse(values[0].Text, out var age) ? new MaxAgeCriterion(age) : null),
    ];

    private static CriterionKeyword Combination(string name, CriterionShape shape, string description, string example) =>
        new(name, shape, false, description, example, null, null, null);

    private static CriterionKeyword Values(
        string name,
        bool personal,
        string description,
        string example,
        string? pattern,
        IReadOnlyList<string>? values,
        Func<YamlScalar, ErrorList, bool> isValid,
        Func<string[], RuleContext, Criterion> make) =>
        new(name, CriterionShape.Values, personal, description, example, pattern, values, (scalars, context) =>
            scalars.Count(scalar => isValid(scalar, context.Errors)) == scalars.Count
                ? make([.. scalars.Select(scalar => scalar.Text)], context)
                : null);
}
