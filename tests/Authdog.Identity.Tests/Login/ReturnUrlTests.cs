using Authdog.Identity.Login;

namespace Authdog.Identity.Tests.Login;

[Trait("Threat", "B8")]
public sealed class ReturnUrlTests
{
    private static readonly string[] s_origins = ["https://app.example.com", "https://other.example.com:8443"];

    public static TheoryData<string> Elsewhere =>
    [
        "", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "\t//evil.example",
        "/\r\n/evil.example", "/\n/evil.example", " //evil.example", " /", "/ /evil.example", "/%2f/evil.example", "/%2F%2Fevil.example", "/%5cevil.example", "/%5C/evil.example",
        "/.//evil.example", "/..//evil.example", "/a/..//evil.example", "/./", "/%2e%2e//evil.example", "/%2e/x", "/a/%2e%2e/b", "/a//b", "/%09/evil.example", "/%00", "/%0d%0aLocation:x",
        "http://evil.example", "https://evil.example", "HTTPS://evil.example/", "https:/evil.example", "https:evil.example", "https:///evil.example", "http:\\\\evil.example",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "ftp://app.example.com/",
        "https://app.example.com.evil.example/", "https://app.example.com@evil.example/", "https://app.example.com:80@evil.example/", "https://app.example.comevil.example",
        "https://app.example.com:444/", "http://app.example.com/", "https://evil.example/https://app.example.com", "https://user@app.example.com/", "https://app.example.com\\@evil.example",
        "https://app.example.com//evil.example", "https://other.example.com/", "https://app.example.com%2eevil.example/", "evil.example", "www.evil.example/", "?x=//evil", "#x", ".", "..", "./a", "a/b",
        "/\u2028/evil.example", "/ü", "/\u0000", "\u3000//evil.example", "/\uFF0F/evil.example", "\uFF0F\uFF0Fevil.example",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void IsRefused_WhenItLeadsElsewhereOrIsAmbiguous(string text) => ReturnUrl.TryParse(text, s_origins, out _).ShouldBeFalse();

    [Fact]
    public void IsRefused_WhenTooLong() => ReturnUrl.TryParse("/" + new string('a', 2048), s_origins, out _).ShouldBeFalse();

    [Theory]
    [InlineData("/")]
    [InlineData("/admin/invoices?page=2&next=//x")]
    [InlineData("/app#/inbox")]
    [InlineData("/a%20b/c%C3%BC")]
    [InlineData("/.authdog/account")]
    [InlineData("/..a/b.../.c")]
    [InlineData("https://app.example.com")]
    [InlineData("https://app.example.com/a?b=c")]
    [InlineData("https://app.example.com?b=c")]
    [InlineData("https://other.example.com:8443/")]
    public void IsKeptAsItIs_WhenItStaysHereOrAtARegisteredOrigin(string text)
    {
        ReturnUrl.TryParse(text, s_origins, out var target).ShouldBeTrue();
        target!.Value.ShouldBe(text);
    }

    [Fact]
    public void StaysOnThisHost_WhenABrowserResolvesWhatWasAccepted() => CsCheck.Check.Sample(
        CsCheck.Gen.String[CsCheck.Gen.Char["/\\.:@?#%25fFeEcC aevil\t\n"], 0, 24],
        text => !ReturnUrl.TryParse("/" + text, [], out var target) || new Uri(new Uri("https://gateway.test/x/y"), target.Value).Host == "gateway.test",
        iter: 200_000);

    [Theory]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/path")]
    [InlineData("app.example.com")]
    [InlineData("https://user@app.example.com")]
    [InlineData("ftp://app.example.com")]
    [InlineData("*")]
    public void IsNoOrigin_WhenItHasMoreOrLess(string text) => ReturnUrl.IsOrigin(text).ShouldBeFalse();
}
