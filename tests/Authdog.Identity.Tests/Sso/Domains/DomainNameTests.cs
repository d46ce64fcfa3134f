using Authdog.Identity.Sso.Domains;

namespace Authdog.Identity.Tests.Sso.Domains;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("Example.COM", "example.com")]
    [InlineData("  acme.example.org ", "acme.example.org")]
    [InlineData("müller.example", "xn--mller-kva.example")]
    [InlineData("MÜLLER.example", "xn--mller-kva.example")]
    [InlineData("例え.example", "xn--r8jz45g.example")]
    public void IsInTheFormThatAddressesHave_WhenItIsWrittenOtherwise(string text, string expected)
    {
        DomainName.TryParse(text, out var domain).ShouldBeTrue();
        domain!.Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("example.com.")]
    [InlineData("ada@example.com")]
    [InlineData("https://example.com")]
    [InlineData("example.com/path")]
    [InlineData("example.com:443")]
    [InlineData("10.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("exa mple.com")]
    [InlineData("-a.example.com")]
    [InlineData("a..example.com")]
    [InlineData("*.example.com")]
    public void IsNone_WhenItCouldBeReadOtherwise(string text) => DomainName.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("gmail.com", true)]
    [InlineData("GoogleMail.com", true)]
    [InlineData("anything.outlook.com", true)]
    [InlineData("co.uk", true)]
    [InlineData("com.au", true)]
    [InlineData("github.io", true)]
    [InlineData("acme.co.uk", false)]
    [InlineData("acme.github.io", false)]
    [InlineData("notgmail.com", false)]
    [InlineData("example.com", false)]
    public void IsShared_WhenItIsNobodysOwn(string text, bool expected)
    {
        DomainName.TryParse(text, out var domain).ShouldBeTrue();
        domain!.IsShared.ShouldBe(expected);
    }
}
