using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Edge;

[Trait("Threat", "B5")]
public sealed class HeaderHygieneTests
{
    private readonly HeaderHygiene _hygiene = new(new ReservedHeaders());

    [Fact]
    public void RemovesReservedNames_AndKeepsTheRest()
    {
        var headers = new HeaderDictionary { ["X-Authdog-User"] = "eve", ["x_forwarded_for"] = "1.2.3.4", ["Accept"] = "a/b" };
        _hygiene.Clean(headers, out _).ShouldBe(Ambiguity.None);
        headers.Keys.ShouldBe(["Accept"]);
    }

    [Theory]
    [InlineData("foo_bar")]
    [InlineData("foo.bar")]
    [InlineData("foo~")]
    public void LeavesOddNamesToTheRoute(string name)
    {
        _hygiene.Clean(new HeaderDictionary { [name] = "x" }, out var odd).ShouldBe(Ambiguity.None);
        odd.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Content_Length")]
    [InlineData("transfer.encoding")]
    [InlineData("_Cookie")]
    [InlineData("Author_ization")]
    public void Refuses_WhenNameIsAnotherSpellingOfOneWithMeaning(string name) =>
        _hygiene.Clean(new HeaderDictionary { [name] = "x" }, out _).ShouldBe(Ambiguity.HeaderName);

    [Fact]
    public void RemovesFields_WhenConnectionNamesThem()
    {
        var headers = new HeaderDictionary { ["Connection"] = "Upgrade, HTTP2-Settings", ["HTTP2-Settings"] = "x", ["Upgrade"] = "websocket" };
        _hygiene.Clean(headers, out _).ShouldBe(Ambiguity.None);
        headers.ContainsKey("HTTP2-Settings").ShouldBeFalse();
        headers.ContainsKey("Upgrade").ShouldBeTrue();
    }

    [Theory]
    [InlineData("Cookie")]
    [InlineData("close, content-length")]
    [InlineData("Sec-Fetch-Mode")]
    public void Refuses_WhenConnectionHidesWhatWasJudged(string connection) =>
        _hygiene.Clean(new HeaderDictionary { ["Connection"] = connection }, out _).ShouldBe(Ambiguity.ConnectionOption);
}
