using System.Diagnostics;
using System.Text;
using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using CsCheck;

namespace Authdog.Policies.Tests.Language;

public sealed class PolicyTextFuzzTests
{
    private const string Valid = """
        policy: billing
        description: "Finance staff, with strong authentication"
        rules:
          - name: health check
            effect: public
            when: { path: /billing/healthz, method: GET }
          - name: finance may work
            effect: allow
            when:
              all:
                - role: [finance, owner]
                - not: { tenant: acme }
            require: { acr: aal2, max-age: 15m }
          - name: network
            effect: deny
            when: { ip: [10.0.0.0/8, networks/x] }
        """;

    private static readonly string[] Tokens =
    [
        "policy", "rules", "name", "effect", "when", "require", "allow", "deny", "path", "ip", "not", "all", "any", "claim", "max-age", "acr",
        ": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ", "\r\n", "#", "|", ">", "|-2", "\"", "'", "&a", "*a", "!t", "!!str", "<<", "%YAML 1.2\n", "---\n", "...\n",
        "\t", "\0", "\u2028", "\uFEFF", "\uD83D\uDE00", "\\", "\\x", "\\u12", "~", "null", "/x/**", "10.0.0.0/8", "1h", "@", "`", "é", "''", "\"\"", " ", "",
    ];

    private static readonly Gen<string> Soup = Gen.OneOfConst(Tokens).Array[0, 60].Select(string.Concat);

    private static readonly Gen<string> Mutated = Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Int[0, 12], Gen.OneOfConst(Tokens).Array[0, 3])
        .Array[1, 4]
        .Select(edits => edits.Aggregate(Valid, (text, edit) =>
        {
            var start = Math.Min(edit.Item1, text.Length);
            return string.Concat(text.AsSpan(0, start), string.Concat(edit.Item3), text.AsSpan(Math.Min(text.Length, start + edit.Item2)));
        }));

    [Fact]
    [Trait("Threat", "B18")]
    public void NeverThrows_WhenTextIsMutated() => Gen.OneOf(Mutated, Soup).Sample(text => ReadsOrReports(Encoding.UTF8.GetBytes(text)), iter: 6_000);

    [Fact]
    [Trait("Threat", "B18")]
    public void NeverThrows_WhenBytesAreRandom() => Gen.Byte.Array[0, 200].Sample(ReadsOrReports, iter: 2_000);

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData("[", "")]
    [InlineData("{", "")]
    [InlineData("{a: ", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    [InlineData("a: ", "")]
    [InlineData("\"", "")]
    [InlineData("#", "")]
    [InlineData("a", "")]
    [InlineData("a b ", ": c")]
    [InlineData("&a *a ", "")]
    [InlineData("|\n", "")]
    [InlineData("\n", "")]
    [InlineData("k: v\n", "")]
    [InlineData("- {}\n", "")]
    [InlineData("a,", "]")]
    [InlineData("'", "")]
    [InlineData("\\", "")]
    [InlineData("!", "")]
    [InlineData("---\n", "")]
    [InlineData("{a: 1},", "]")]
    public void RefusesInBoundedTime_WhenFileIsHostile(string unit, string end)
    {
        foreach (var begin in new[] { "", "policy: a\nrules: ", "policy: a\nrules: [", "policy: \"" })
        {
            var text = begin + string.Concat(Enumerable.Repeat(unit, (SourceText.LargestFile - 100) / unit.Length)) + end;
            var watch = Stopwatch.StartNew();
            ReadsOrReports(Encoding.UTF8.GetBytes(text));
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), $"{begin}{unit}");
        }
    }

    // Either a policy or errors, never both, never neither, and every error with place, code and cure.
    private static void ReadsOrReports(byte[] bytes)
    {
        var errors = new ErrorList("fuzz.yaml");
        var policy = PolicyReader.Read(bytes, Definitions.None, errors).Policy;
        var all = errors.ToImmutable();
        (policy is null).ShouldBe(all.Length > 0);
        all.ShouldAllBe(error => error.Code.StartsWith("AG2") && error.Cure.Length > 0 && error.Message.Length > 0 && !error.ToString().Contains('\n'));
    }
}
