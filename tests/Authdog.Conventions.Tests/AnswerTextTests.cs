using System.Text.RegularExpressions;

namespace Authdog.Conventions.Tests;

/// <summary>Every refusal that a person can meet is written in the language of the pages.</summary>
public sealed partial class AnswerTextTests
{
    [Theory]
    [InlineData("Texts.resx")]
    [InlineData("Texts.de.resx")]
    public void AnswerHasTitleAndText(string file)
    {
        var texts = File.ReadAllText(Path.Combine(Repository.Root, "src/Authdog.Identity/Pages", file));
        var codes = Repository.SourceFiles("src/Authdog.Gateway").SelectMany(source => Codes().Matches(source.Text)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();

        codes.Count.ShouldBeGreaterThan(20);
        codes.SelectMany(code => new[] { $"Answer.{code}.Title", $"Answer.{code}.Text" })
            .Where(key => !texts.Contains($"<data name=\"{key}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    // new Answer(403, "forbidden", …), new(403, "forbidden", …) and RefuseAsync(context, 431, nameof(…), "cookies-too-large", …).
    [GeneratedRegex("""(?:new(?: Answer)?\(|RefuseAsync\(context, )(?:[45][0-9]{2}|status|bad\.StatusCode)(?:, nameof\([^)]*\))?, "([a-z][a-z-]+)",""")]
    private static partial Regex Codes();
}
