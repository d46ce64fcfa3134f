using Authdog.Identity.Passwords;
using CsCheck;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Passwords;

public sealed class PasswordRulesTests
{
    private static readonly string[] s_context = ["ada.lovelace@analytical-engines.example", "Ada Lovelace", "Authdog Gateway"];

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("tr0ub4dor and three")]
    [InlineData("пароль которого нет нигде")]
    [InlineData("               spaces count too")]
    [InlineData("🦊🐼🦁🐯🐨🐮🐷🐸🐵🐔🐧🐦🐤🦆🦅")]
    [InlineData("lovelace writes programs on paper")]
    [InlineData("onlylowercaseletters")]
    public void Accepts(string password) => Judge(password).ShouldBe(PasswordJudgement.Acceptable);

    [Theory]
    [InlineData("fourteen chars", PasswordJudgement.TooShort)]
    [InlineData("🦊🐼🦁🐯🐨🐮🐷🐸🐵🐔🐧🐦🐤🦆", PasswordJudgement.TooShort)]
    [InlineData("", PasswordJudgement.TooShort)]
    [InlineData("aaaaaaaaaaaaaaa", PasswordJudgement.Common)]
    [InlineData("ababababababababa", PasswordJudgement.Common)]
    [InlineData("qwertyqwertyqwerty", PasswordJudgement.Common)]
    [InlineData("123456789012345", PasswordJudgement.Common)]
    [InlineData("098765432109876", PasswordJudgement.Common)]
    [InlineData("abcdefghijklmnop", PasswordJudgement.Common)]
    [InlineData("QwertyuiopAsdfghjkl", PasswordJudgement.Common)]
    [InlineData("1qaz2wsx3edc4rfv", PasswordJudgement.Common)]
    [InlineData("PasswordPassword", PasswordJudgement.Common)]
    [InlineData("sunshinesunshine", PasswordJudgement.Common)]
    [InlineData("ada.lovelace@analytical-engines.example", PasswordJudgement.Context)]
    [InlineData("AnalyticalEngines", PasswordJudgement.Context)]
    [InlineData("LovelaceLovelace12", PasswordJudgement.Context)]
    [InlineData("authdog-gateway-2026", PasswordJudgement.Context)]
    public void Refuses(string password, PasswordJudgement because) => Judge(password).ShouldBe(because);

    [Fact]
    public void RefusesWhatIsNoText()
    {
        Judge("has a lone surrogate \udc00").ShouldBe(PasswordJudgement.NotText);
        Judge("has a NUL \0 in the middle").ShouldBe(PasswordJudgement.NotText);
    }

    [Fact]
    public void CountsCodePoints_AfterNormalisation()
    {
        // 14 characters after NFC, though 28 code points were typed.
        Judge(string.Concat(Enumerable.Repeat("e\u0301", 7)) + string.Concat(Enumerable.Repeat("a\u0308", 7))).ShouldBe(PasswordJudgement.TooShort);
        New().Judge(new string('x', 200) + Words(), []).ShouldBe(PasswordJudgement.Acceptable);
        New().Judge(new string('x', 257), []).ShouldBe(PasswordJudgement.TooLong);
        New().Judge(new string('x', 10_000_000), []).ShouldBe(PasswordJudgement.TooLong);
    }

    [Fact]
    public void TakesEight_BesideASecondFactor()
    {
        New().Judge("v8 engine", [], onlyFactor: false).ShouldBe(PasswordJudgement.Acceptable);
        New().Judge("sunshine", [], onlyFactor: false).ShouldBe(PasswordJudgement.Common);
        New().Judge("seven c", [], onlyFactor: false).ShouldBe(PasswordJudgement.TooShort);
    }

    [Fact]
    public void FindsEveryEntryOfTheList_AndNothingElse()
    {
        var common = new CommonPasswords(Options.Create(new PasswordOptions()));
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("Authdog.Identity.Passwords.Blocklist.common-passwords.txt")!);
        List<string> entries = [];
        while (reader.ReadLine() is { } line)
        {
            entries.Add(line);
        }

        entries.Count.ShouldBeGreaterThan(10_000);
        entries.ShouldAllBe(entry => common.Contains(entry));
        common.Contains(string.Empty).ShouldBeFalse();
        Gen.OneOfConst([.. entries]).Sample(entry => !common.Contains(entry + "\u0001") && !common.Contains(entry[..^1] + "\u00ff"), iter: 500);
    }

    [Fact]
    public void RefusesTheOperatorsOwnWords()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "Analytical Society 1812\n\n");
            New(o => o.BlocklistFile = file).Judge("analytical society 1812", []).ShouldBe(PasswordJudgement.Common);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void JudgesEveryText_WithoutThrowing() =>
        Gen.Select(Gen.String, Gen.String.Array[0, 3]).Sample((password, context) => Enum.IsDefined(New().Judge(password, context)), iter: 2000);

    private static string Words() => " several other words";

    private static PasswordJudgement Judge(string password) => New().Judge(password, s_context);

    private static PasswordRules New(Action<PasswordOptions>? change = null)
    {
        var options = new PasswordOptions();
        change?.Invoke(options);
        return new PasswordRules(options, new CommonPasswords(Options.Create(options)));
    }
}
