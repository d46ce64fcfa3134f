using Authdog.Identity.Identifiers;
using CsCheck;

namespace Authdog.Identity.Tests.Identifiers;

public sealed class TenantIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("acme-2")]
    [InlineData("0")]
    public void Reads(string text) => TenantId.Parse(text).Value.ShouldBe(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    [InlineData("a:b")]
    [InlineData("a ")]
    [InlineData("ａ")]
    public void Refuses(string? text)
    {
        TenantId.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => TenantId.Parse(text!));
    }

    [Fact]
    public void HoldsNothingThatCouldSplitAKeyOrAHostName() =>
        Gen.String[Gen.Char["ab0-_.:/A\n"], 0, 70].Sample(text =>
            TenantId.TryParse(text, out _) == (text.Length is >= 1 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-'));
}
