using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using CsCheck;

namespace Authdog.Policies.Tests.Rules;

/// <summary>The evaluator agrees with <see cref="ReferenceEvaluator"/> on random policies and requests.</summary>
public sealed class ReferenceEvaluatorTests
{
    private static readonly Gen<ModelCondition> Leaf = Gen.OneOfConst<ModelCondition>(
        new ModelLeaf("path", "/a", false, request => request.Path == "/a" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("path", "/a/**", false, request => request.Path == "/a" || request.Path.StartsWith("/a/", StringComparison.Ordinal) ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("path", "/*/b", false, request => request.Path is "/a/b" or "/c/b" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("method", "[GET, HEAD]", false, request => request.Method is "GET" or "HEAD" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("host", "'*.example.com'", false, request => request.Host == "app.example.com" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("ip", "203.0.113.0/24", false, request => request.RemoteAddress is null ? Verdict.Unknown : request.RemoteAddress.ToString() == "203.0.113.7" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("role", "[finance, owner]", true, request => request.Subject!.Roles.Contains("finance") || request.Subject.Roles.Contains("owner") ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("tenant", "acme", true, request => request.Subject!.Tenant == "acme" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("email-domain", "example.com", true, request => request.Subject!.EmailVerified ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("acr", "aal2", true, request => request.Subject!.Acr == "aal2" ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("max-age", "10m", true, request => request.Now - request.Subject!.AuthenticatedAt <= TimeSpan.FromMinutes(10) ? Verdict.Hit : Verdict.Miss),
        new ModelLeaf("claim", "{ name: team, value: red }", true, request => request.Subject!.Claims.ContainsKey("team") ? Verdict.Hit : Verdict.Miss));

    private static readonly Gen<ModelCondition> Condition = Gen.Recursive<ModelCondition>((depth, inner) => depth >= 3
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (1, inner.Array[1, 3].Select(parts => (ModelCondition)new ModelAll(parts))),
            (1, inner.Array[1, 3].Select(parts => (ModelCondition)new ModelAny(parts))),
            (1, inner.Select(part => (ModelCondition)new ModelNot(part)))));

    private static readonly Gen<ModelRule> Rule = Gen.Select(
        Gen.OneOfConst("public", "optional", "allow", "allow", "deny"),
        Condition,
        Gen.Bool,
        Gen.OneOfConst<string?>(null, null, "acr", "max-age"),
        (effect, when, always, require) => new ModelRule(
            effect,
            always || (effect is "public" or "optional" && when.Leaves().Any(leaf => leaf.IsPersonal)) ? null : when,
            effect == "allow" ? require : null));

    private static readonly Gen<AccessRequest> Request = Gen.Select(
        Gen.OneOfConst("/a", "/a/b", "/c/b", "/z"),
        Gen.OneOfConst("GET", "POST"),
        Gen.OneOfConst("app.example.com", "other.test"),
        Gen.OneOfConst<string?>("203.0.113.7", "198.51.100.1", null),
        Gen.Bool,
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        (path, method, host, ip, somebody, facts) => Ask.Request(
            path,
            somebody ? Ask.Person(facts.Item1 ? ["finance"] : ["guest"], facts.Item2 ? "acme" : "default", verified: facts.Item3, acr: facts.Item4 ? "aal2" : "aal1",
                age: TimeSpan.FromMinutes(facts.Item5 ? 5 : 50), claims: facts.Item6 ? [("team", ["red"])] : []) : null,
            method, host, ip));

    [Fact]
    public void AgreesWithReference_OnRandomPoliciesAndRequests() =>
        Gen.Select(Rule.Array[1, 5], Request.Array[8]).Sample((rules, requests) =>
        {
            var text = "policy: p\nrules:\n" + string.Concat(rules.Select((rule, index) => $"  - {rule.ToYaml("r" + index)}\n"));
            var policy = Ask.Policy(text);
            foreach (var request in requests)
            {
                var actual = policy.Decide(request);
                var expected = ReferenceEvaluator.Decide(rules, request);
                (actual.Outcome, actual.Reason, actual.Rule).ShouldBe(expected, text);
            }
        }, iter: 3_000);
}
