using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

/// <summary>With many rules most are not looked at, and the answer is as if they were.</summary>
public sealed class RuleIndexTests
{
    private static readonly Authdog.Policies.Rules.Policy Many = Ask.Policy("policy: p\nrules:\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"""
          - {"{"} name: deny {i}, effect: deny, when: {"{"} path: /Area{i}/secret/** {"}"} {"}"}
          - {"{"} name: allow {i}, effect: allow, when: {"{"} path: [/area{i}/**, /other/area{i}], role: r{i} {"}"} {"}"}
          - {"{"} name: post {i}, effect: allow, when: {"{"} method: POST, path: /**/x{i} {"}"} {"}"}

        """)));

    [Theory]
    [Trait("Threat", "B1")]
    [InlineData("/area7/secret/x", "deny 7")]
    [InlineData("/AREA7/SECRET/", "deny 7")]
    [InlineData("/area7;v=1/secret;w/x", "deny 7")]
    [InlineData("/area7/secretx", "allow 7")]
    [InlineData("/area7", "allow 7")]
    [InlineData("/other/area7", "allow 7")]
    [InlineData("/area7;v=1", null)]
    [InlineData("/Area7", null)]
    [InlineData("/area77", null)]
    [InlineData("/", null)]
    public void FindsTheRule_InEverySpellingThatItMatches(string path, string? rule) =>
        Many.Decide(Ask.Request(path, Ask.Person(["r7"]))).Rule.ShouldBe(rule);

    [Fact]
    public void KeepsTheOrderOfTheFile_AcrossPathsAndMethods()
    {
        var person = Ask.Person(["r3", "r5"]);
        Many.Decide(Ask.Request("/area5/x3", person, "POST")).Rule.ShouldBe("post 3");
        Many.Decide(Ask.Request("/area3/x5", person, "POST")).Rule.ShouldBe("allow 3");
        Many.Decide(Ask.Request("/none/x5", person, "POST")).Rule.ShouldBe("post 5");
        Many.Decide(Ask.Request("/none/x5", person)).Outcome.ShouldBe(AccessOutcome.Deny);
    }

    [Fact]
    public void FindsTheRule_ByAnyOfTheRoles()
    {
        var many = Ask.Policy("policy: p\nrules:\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"""
              - {"{"} name: deny {i}, effect: deny, when: {"{"} role: barred{i} {"}"} {"}"}
              - {"{"} name: allow {i}, effect: allow, when: {"{"} role: [r{i}, R{i}b] {"}"} {"}"}

            """)));
        many.Decide(Ask.Request("/", Ask.Person(["other", "r7"]))).Rule.ShouldBe("allow 7");
        many.Decide(Ask.Request("/", Ask.Person(["r9b", "R7B", "r7"]))).Rule.ShouldBe("allow 7");
        many.Decide(Ask.Request("/", Ask.Person(["r7", "Barred3"]))).Rule.ShouldBe("deny 3");
        many.Decide(Ask.Request("/", Ask.Person([.. Enumerable.Range(20, 15).Select(i => $"r{i}")]))).Rule.ShouldBe("allow 20");
        many.Decide(Ask.Request("/", Ask.Person(["r"]))).Outcome.ShouldBe(AccessOutcome.Deny);
        many.Decide(Ask.Request("/")).Outcome.ShouldBe(AccessOutcome.Challenge);
    }

    [Fact]
    public void AllocatesNothing_WithManyRules()
    {
        var request = Ask.Request("/area7/x", Ask.Person(["r7"]));
        Many.Decide(in request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Many.Decide(in request);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
