using Authdog.Identity.Sessions;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Authdog.Identity.Tests.Sessions;

public sealed class SessionCookieTests
{
    private static readonly SessionCookie s_cookie = new();

    [Theory]
    [InlineData("https", "app.example.com", "__Host-authdog", true)]
    [InlineData("https", "localhost", "__Host-authdog", true)]
    [InlineData("http", "localhost:8080", "authdog", false)]
    [InlineData("http", "[::1]:8080", "authdog", false)]
    [InlineData("http", "app.example.com", "__Host-authdog", true)]
    [InlineData("http", "localhost.example.com", "__Host-authdog", true)]
    public void NameAndAttributesAreSafe_WhenTheCookieIsSet(string scheme, string host, string name, bool secure)
    {
        var context = Context(scheme, host);
        var token = SessionToken.New();

        s_cookie.Append(context.Response, token);

        var header = context.Response.Headers.SetCookie.ToString();
        header.ShouldStartWith($"{name}={token.Value};");
        header.Contains("secure", StringComparison.OrdinalIgnoreCase).ShouldBe(secure);
        header.ShouldContain("httponly", Case.Insensitive);
        header.ShouldContain("samesite=lax", Case.Insensitive);
        header.ShouldContain("path=/", Case.Insensitive);
        header.ShouldNotContain("expires", Case.Insensitive);
        header.ShouldNotContain("domain", Case.Insensitive);
        context.Response.Headers.CacheControl.ToString().ShouldBe("no-store");
    }

    [Fact]
    public void LastWordCounts_WhenTheCookieIsSetAndDeleted()
    {
        var context = Context("https", "app.example.com");
        s_cookie.Append(context.Response, SessionToken.New());
        s_cookie.Delete(context.Response);

        context.Response.Headers.SetCookie.ShouldHaveSingleItem().ShouldStartWith("__Host-authdog=;");
    }

    [Theory, Trait("Threat", "B6")]
    [InlineData("__Host-authdog=abc", "abc")]
    [InlineData("a=b; __Host-authdog=abc; c=d", "abc")]
    [InlineData("authdog=abc", null)]
    [InlineData("__host-authdog=abc", null)]
    [InlineData("x__Host-authdog=abc", null)]
    [InlineData("__Host-authdog", null)]
    [InlineData("__Host-authdog=", null)]
    [InlineData("__Host-authdog=abc; __Host-authdog=abc", null)]
    [InlineData("__Host-authdog=; __Host-authdog=abc", null)]
    [InlineData(";;;=;", null)]
    public void ValueIsReadOnlyWhenItIsClear_WhenTheRequestHasCookies(string header, string? value) =>
        s_cookie.Read(Context("https", "app.example.com", header).Request).ShouldBe(value);

    [Fact, Trait("Threat", "B15")]
    public void NothingIsRead_WhenTwoHeadersCarryTheCookie() =>
        s_cookie.Read(Context("https", "app.example.com", "__Host-authdog=abc", "__Host-authdog=def").Request).ShouldBeNull();

    [Fact, Trait("Threat", "B18")]
    public void NothingIsRead_WhenTheCookieHasAMegabyte() =>
        s_cookie.Read(Context("https", "app.example.com", "__Host-authdog=" + new string('a', 1 << 20)).Request).ShouldBeNull();

    [Fact, Trait("Threat", "B6")]
    public void ReadingNeverThrows_WhenTheHeaderIsAnything() =>
        Gen.Char["ab=;_-Host authdog\0\"\t,\uD800"].Array[0, 80].Select(c => new string(c)).Sample(header =>
        {
            var value = s_cookie.Read(Context("https", "app.example.com", header, "__Host-authdog=" + header).Request);
            return value is null || value.Length is > 0 and <= 256;
        });

    [Fact, Trait("Threat", "B6")]
    public void OnlyTokensHaveAFingerprint_WhenTheCookieIsAnything()
    {
        Gen.Char["abcXYZ019-_+/= \0é\uD800"].Array[40, 46].Select(c => new string(c)).Sample(text =>
            SessionFingerprint.TryFromCookie(text, out _) == SessionToken.TryParse(text, out _));

        var token = SessionToken.New();
        SessionFingerprint.TryFromCookie(token.Value, out var fingerprint).ShouldBeTrue();
        fingerprint.ToId().ShouldBe(token.Id);
        SessionFingerprint.TryFromId(token.Id, out var same).ShouldBeTrue();
        same.ShouldBe(fingerprint);
    }

    private static DefaultHttpContext Context(string scheme, string host, params string[] cookies)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        context.Request.Host = new HostString(host);
        context.Request.Headers.Cookie = new StringValues(cookies);
        return context;
    }
}
