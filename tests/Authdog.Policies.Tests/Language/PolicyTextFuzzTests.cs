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
          - name: request
            effect: allow
            mode: shadow
            when:
              path-expression: '/a[0-9]{2,3}|/b'
              query: [{ name: q, value: '1' }, { name: r, expression: 'x+' }]
              header: { name: X-Tag }
              country: [DE, unknown]
              time: { zone: Europe/Berlin, days: [mon-fri], from: '09:00', to: '17:00' }
              client-certificate: { thumbprint: 00, name: x }
              claim: { name: a.b, at-least: 1, at-most: 2 }
              factor: { amr: otp, max-age: 5m }
              condition: [a, b]
            require: { passkey: { kind: synced, aaguid: ee882879-721c-4913-9775-3dfcce97072a }, connection: local }
          - name: network
            effect: deny
            message: "No."
            link: /help
            when: { ip: [10.0.0.0/8, networks/x] }
        """;

    private static readonly string[] Tokens =
    [
        "policy", "rules", "name", "effect", "when", "require", "allow", "deny", "path", "ip", "not", "all", "any", "claim", "max-age", "acr",
        ": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ", "\r\n", "#", "|", ">", "|-2", "\"", "'", "&a", "*a", "!t", "!!str", "<<", "%YAML 1.2\n", "---\n", "...\n",
        "\t", "\0", "\u2028", "\uFEFF", "\uD83D\uDE00", "\\", "\\x", "\\u12", "~", "null", "/x/**", "10.0.0.0/8", "1h", "(a+)+$", "[^", "{9999}", "(?i)", "\\p{L}", "condition", "time", "zone", "query", "passkey", "mode", "shadow", "@", "`", "é", "''", "\"\"", " ", "",
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
    public void NeverThrows_WhenConditionsAreMutated() => Gen.OneOfConst(
        "conditions:\n", "  a: ", "  b: ", "  c: ", "{ condition: a }\n", "{ condition: [a, b] }\n", "{ all: [{ condition: c }, { condition: c }] }\n", "{ role: x }\n", "{ not: ", "}\n", "[", "]", "a", "\n", "condition: b\n")
        .Array[1, 30].Select(string.Concat).Sample(text =>
        {
            var errors = new ErrorList("conditions.yaml");
            ConditionsReader.Read(Encoding.UTF8.GetBytes(text), Definitions.None, errors).ShouldNotBeNull();
            errors.ToImmutable().ShouldAllBe(error => error.Code.StartsWith("AG2") && error.Cure.Length > 0);
        }, iter: 3_000);

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData(40, 2)]
    [InlineData(900, 2)]
    [InlineData(900, 1)]
    [InlineData(16, 30)]
    public void RefusesConditionsThatMultiply_InBoundedTime(int levels, int uses)
    {
        var text = new StringBuilder("conditions:\n  c0: { role: x }\n");
        for (var i = 1; i <= levels; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  c{i}: {{ any: [{string.Join(", ", Enumerable.Repeat($"{{ condition: c{i - 1} }}", uses))}] }}\n");
        }

        var watch = Stopwatch.StartNew();
        var errors = new ErrorList("conditions.yaml");
        ConditionsReader.Read(Encoding.UTF8.GetBytes(text.ToString()), Definitions.None, errors);
        errors.ToImmutable().ShouldContain(error => error.Code == "AG2115");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData("(((((a{9}){9}){9}){9}){9}){9}")]
    [InlineData("(a{500}){500}")]
    [InlineData("a{2147483647}")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("([a-z]{1,100}){1,100}")]
    public void RefusesExpressionsThatExplode(string expression)
    {
        var errors = new ErrorList("p.yaml");
        ExpressionReader.Read(new YamlScalar(new Place(1, 1), expression, IsPlain: false), ignoresCase: false, errors).ShouldBeNull();
        errors.ToImmutable().ShouldHaveSingleItem().Code.ShouldBe("AG2216");
    }

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
