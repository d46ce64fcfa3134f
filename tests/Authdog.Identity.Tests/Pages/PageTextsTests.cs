using System.Collections;
using System.Text.RegularExpressions;
using Authdog.Identity.Pages;

namespace Authdog.Identity.Tests.Pages;

public sealed partial class PageTextsTests
{
    private static readonly Dictionary<string, string> s_english = Read("en");

    public static TheoryData<string> Translations => [.. PageTexts.Available.Where(language => language != "en")];

    [Theory]
    [MemberData(nameof(Translations))]
    public void HasEveryText_WhenLanguageIsOffered(string language)
    {
        var texts = Read(language);

        texts.Keys.Order().ShouldBe(s_english.Keys.Order());
        texts.Where(text => string.IsNullOrWhiteSpace(text.Value)).ShouldBeEmpty();
        texts.Where(text => Placeholders(text.Value) != Placeholders(s_english[text.Key])).ShouldBeEmpty();
    }

    [Fact]
    public void HasTitleAndText_WhenErrorKindExists()
    {
        foreach (var kind in Enum.GetNames<ErrorKind>())
        {
            s_english.ShouldContainKey($"Error.{kind}.Title");
            s_english.ShouldContainKey($"Error.{kind}.Text");
        }
    }

    private static Dictionary<string, string> Read(string language) =>
        PageTexts.For(language)!.ResourceSet()!.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static string Placeholders(string text) => string.Concat(Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
