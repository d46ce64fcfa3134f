using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>The criteria about who asks.</summary>
internal static class PersonKeywords
{
    public static IReadOnlyList<CriterionKeyword> All { get; } =
    [
        Values("role", "A role of the person, in any letter case.", "[finance, owner]", new(), ValueRules.IsText, values => new RoleCriterion(values)),
        Values("permission", "A permission of the person or API key, exactly.", "[invoices.read, invoices.write]", new(), ValueRules.IsText, values => new PermissionCriterion(values)),
        Values("group", "A group of the person, in any letter case.", "[Finance EU, Auditors]", new(), ValueRules.IsText, values => new GroupCriterion(values)),
        Values("tenant", "Tenant of the person.", "acme", new("^[a-z0-9-]+$"), ValueRules.IsTenant, values => new TenantCriterion(values)),
        Values("user", "Id of the person (sub).", "0198c0de-0000-7000-8000-000000000001", new(), ValueRules.IsText, values => new UserCriterion(values)),
        Values("email", "Verified e-mail address of the person.", "ada@example.com", new("^[^@ ]+@[^@ ]+$"), ValueRules.IsEmail, values => new EmailCriterion(values)),
        Values("email-domain", "Domain of the person's verified e-mail address, whole.", "[example.com, example.org]", new("^[A-Za-z0-9.-]+$"), ValueRules.IsEmailDomain, values => new EmailDomainCriterion(values)),
        CriterionKeyword.OfKeys("claim", true, "A further claim of the person has one of the values or lies in a range; without either, it is there at all.", "{ name: department, value: [sales, support] }", Shapes.Claim, ClaimCriterionReader.Read),
        Values("connection", "Id of the SSO connection that signed the person in, or social: and the name of a social provider; local is the gateway's own sign-in.", "[acme-okta, local]", new(), ValueRules.IsText, values => new ConnectionCriterion(values)),
        Values("client-kind", "What the person or program is signed in with.", "[user-session, api-key]", new(Words: ClientKindCriterion.All), ValueRules.IsClientKind, values => new ClientKindCriterion(values)),
        Values("acr", "Level of authentication, this or stronger.", "aal2", new(Words: AssuranceLevel.All), ValueRules.IsAcr, values => new AcrCriterion(values)),
        Values("amr", "Method of authentication (RFC 8176) that was used.", "[otp, hwk]", Shapes.Amr, ValueRules.IsAmr, values => new AmrCriterion(values)),
        CriterionKeyword.OfKeys("factor", true, "A method of authentication (RFC 8176) that was used no longer ago than this.", "{ amr: [otp, hwk], max-age: 10m }", Shapes.Factor, FactorReader.ReadFactor),
        CriterionKeyword.OfKeys("passkey", true, "A passkey that was used: any, synced, device-bound, or one with these properties.", "{ kind: device-bound, max-age: 10m }", Shapes.Passkey, FactorReader.ReadPasskey,
            word => new PasskeyCriterion(FactorReader.OfWord(word), null)),
        CriterionKeyword.OfKeys("risk", true, "How unusual the sign-in was: none, low, medium or high.", "{ at-least: medium }", Shapes.Risk, RiskReader.Read),
        CriterionKeyword.OfDuration("max-age", "The person authenticated no longer ago than this.", "15m", age => new MaxAgeCriterion(age)),
        CriterionKeyword.OfDuration("session-age", "The session began no longer ago than this.", "12h", age => new SessionAgeCriterion(age)),
    ];

    private static CriterionKeyword Values(
        string name,
        string description,
        string example,
        ValueShape.Many shape,
        Func<YamlScalar, ErrorList, bool> isValid,
        Func<string[], Criterion> make) =>
        CriterionKeyword.OfValues(name, true, description, example, shape, isValid, (values, _) => make(values));
}
