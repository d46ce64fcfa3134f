using System.Net;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>What must hold behind each proxy that the README has a recipe for.</summary>
public abstract class BehindProxyTests
{
    private static readonly string[] s_identity = ["X-Authdog-Assertion", "X-Authdog-User", "X-Authdog-Email", "X-Authdog-Name", "X-Authdog-Tenant", "X-Authdog-Roles"];

    private readonly ProxyHost _host;

    protected BehindProxyTests(ProxyHost host)
    {
        _host = host;
        _host.App.Heads.Clear();
    }

    public static TheoryData<string> Targets => [.. AttackTargets.All];

    [Fact]
    public async Task PassesWithIdentity_WhenSignedIn()
    {
        var (cookie, session) = await _host.Gateway.Gateway.SignInAsync("ada@example.com", "Ada Lövelace", "admin", "owner");
        using var answer = await GetAsync("/admin/users?q=%2f&x=1", $"Cookie: theme=dark; {cookie}; lang=en");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var head = _host.App.TakeHead();
        head.ShouldStartWith("GET /admin/users?q=%2f&x=1 HTTP/1.1\r\n");
        Header(head, "X-Authdog-User").ShouldBe(session.User.ToString());
        Header(head, "X-Authdog-Email").ShouldBe("ada@example.com");
        Header(head, "X-Authdog-Name").ShouldBe("Ada L%C3%B6velace");
        Header(head, "X-Authdog-Tenant").ShouldBe("default");
        Header(head, "X-Authdog-Roles").ShouldBe("admin,owner");
        Header(head, "X-Authdog-Assertion").Split('.').Length.ShouldBe(3);
    }

    [Fact]
    [Trait("Threat", "B16")]
    public async Task KeepsTheSessionCookieFromTheApp()
    {
        var (cookie, _) = await _host.Gateway.Gateway.SignInAsync();
        using var mixed = await GetAsync("/members/", $"Cookie: theme=dark; {cookie}; lang=en");
        Header(_host.App.TakeHead(), "Cookie").ShouldBe("theme=dark; lang=en");
        using var alone = await GetAsync("/members/", $"Cookie: {cookie}");
        alone.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(_host.App.TakeHead(), "Cookie").ShouldBeEmpty();
    }

    [Fact]
    public async Task ClientIsTold429_WhenItComesTooOften()
    {
        using var passed = await GetAsync("/once/");
        passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.App.Heads.Clear();
        using var limited = await GetAsync("/once/");
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(50));
        limited.Headers.CacheControl!.NoStore.ShouldBeTrue();
        _host.App.Heads.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B17")]
    [InlineData("/members/", "/members/")]
    [InlineData("/members/a%20b?x=1&y=%2F", "/members/a%20b?x=1&y=%2F")]
    public async Task RedirectsToLogin_WhenABrowserIsNotSignedIn(string target, string back)
    {
        using var answer = await GetAsync(target, [.. Question.Browser]);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe($"/.authdog/login?return={Uri.EscapeDataString(back)}");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        _host.App.Heads.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnswersAProgramWith401_WhenItIsNotSignedIn()
    {
        using var answer = await GetAsync("/members/", "Accept: application/json", "Sec-Fetch-Mode: cors");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("Bearer");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        _host.App.Heads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers403_WhenSignedInButNotAllowed()
    {
        var (cookie, _) = await _host.Gateway.Gateway.SignInAsync();
        using var answer = await GetAsync("/admin/", [$"Cookie: {cookie}", .. Question.Browser]);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _host.App.Heads.ShouldBeEmpty();
    }

    [Fact]
    public async Task DecidesOnTheMethodThatTheClientSent()
    {
        using var read = await GetAsync("/readers/");
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.App.TakeHead().ShouldStartWith("GET /readers/");
        using var write = await _host.Client.PostAsync("/readers/", new StringContent("x"));
        write.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        using var overridden = new HttpRequestMessage(HttpMethod.Delete, "/readers/");
        ForwardAuthHost.Add(overridden, ["X-Original-Method: GET", "X-Forwarded-Method: GET", "X-HTTP-Method-Override: GET"]);
        using var answer = await _host.Client.SendAsync(overridden);
        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        _host.App.Heads.ShouldBeEmpty();
    }

    [Fact]
    public async Task CarriesABody()
    {
        using var answer = await _host.Client.PostAsync("/public/", new StringContent("four"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(_host.App.TakeHead(), "Content-Length").ShouldBe("4");
    }

    [Fact]
    [Trait("Threat", "B4")]
    public async Task BelievesNoAddressOrTargetThatTheClientNames()
    {
        using var address = await GetAsync("/office/", "X-Forwarded-For: 203.0.113.9", "X-Original-For: 203.0.113.9", "X-Real-IP: 203.0.113.9", "Forwarded: for=203.0.113.9");
        address.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var target = await GetAsync("/nobody/", "X-Forwarded-Uri: /public/", "X-Original-URI: /public/", "X-Original-URL: /public/", "X-Rewrite-URL: /public/", "X-Forwarded-Host: other.example");
        target.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var host = await GetAsync("/hosted/", "X-Forwarded-Host: other.example", "X-Original-Host: other.example");
        host.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _host.App.Heads.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B5")]
    [InlineData("X-Authdog-User: evil")]
    [InlineData("x-authdog-user: evil")]
    [InlineData("X_Authdog_User: evil")]
    [InlineData("X-Authdog_User: evil")]
    [InlineData("X.Authdog.User: evil")]
    [InlineData("X-Authdog-Anything: evil")]
    [InlineData("XAuthdog-User: evil")]
    [InlineData("X-Authdog-Assertion: evil")]
    [InlineData("X-Authdog-Roles: admin, evil")]
    [InlineData("X-Authdog-User: evil\nX-Authdog-User: evil")]
    [InlineData("X-Authdog-User: evil\nConnection: X-Authdog-User")]
    [InlineData("Connection: X-Authdog-User, X-Authdog-Assertion")]
    public async Task NothingThatTheClientSaysOfItselfReachesTheApp(string headers)
    {
        var (cookie, session) = await _host.Gateway.Gateway.SignInAsync();
        foreach (var (path, with, user) in new[] { ("/public/x", "", ""), ("/maybe/x", "", ""), ("/members/x", $"Cookie: {cookie}\n", session.User.ToString()) })
        {
            _host.App.Heads.Clear();
            var close = headers.Contains("Connection:", StringComparison.Ordinal) ? string.Empty : "Connection: close\n";
            var answer = await AskAsync($"GET {path} HTTP/1.1\nHost: localhost\n{with}{close}{headers}\n\n");
            answer.ShouldStartWith("HTTP/1.1 ");
            if (_host.App.Heads.TryDequeue(out var head))
            {
                head.ShouldNotContain("evil");
                Header(head, "X-Authdog-User").ShouldBe(user);
                head.Split("\r\n").Count(line => IsIdentity(line) && !s_identity.Contains(line.Split(':')[0], StringComparer.OrdinalIgnoreCase)).ShouldBe(0, head);
            }
            else
            {
                answer.ShouldNotStartWith("HTTP/1.1 200");
            }
        }
    }

    [Theory]
    [Trait("Threat", "B1")]
    [MemberData(nameof(Targets))]
    public async Task NoSpellingOpensTheAdminArea(string target)
    {
        foreach (var from in new[] { "", "X-Original-URI: /public/\nX-Forwarded-Uri: /public/\n" })
        {
            _host.App.Heads.Clear();
            var answer = await AskAsync($"GET {target} HTTP/1.1\nHost: localhost\nConnection: close\n{from}\n");
            while (_host.App.Heads.TryDequeue(out var head))
            {
                AttackTargets.MayBeAdmin(head.Split(' ')[1]).ShouldBeFalse($"{target} came to the app as {head.Split('\r')[0]}: {answer.Split('\r')[0]}");
            }
        }
    }

    [Theory]
    [Trait("Threat", "B4")]
    [InlineData("X-Original-URL: /evil")]
    [InlineData("X-Original-URI: /evil")]
    [InlineData("X-Rewrite-URL: /evil")]
    [InlineData("X-HTTP-Method-Override: EVIL")]
    [InlineData("X-HTTP-Method: EVIL")]
    [InlineData("X-Method-Override: EVIL")]
    [InlineData("X-Forwarded-Host: evil")]
    [InlineData("X-Forwarded-For: evil")]
    [InlineData("X-Real-IP: evil")]
    [InlineData("Forwarded: for=evil")]
    [InlineData("Proxy: evil")]
    public async Task NothingThatMakesItAnotherRequestReachesTheApp(string header)
    {
        using var answer = await GetAsync("/public/x", header);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.App.TakeHead().ShouldNotContain("evil", Case.Insensitive);
    }

    [Fact]
    public async Task OwnPagesComeFromTheGateway()
    {
        using var keys = await GetAsync("/.well-known/authdog/jwks.json");
        keys.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await keys.Content.ReadAsStringAsync()).ShouldContain("\"keys\"");
        _host.App.Heads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/.authdog/check")]
    [InlineData("/.authdog/check/members/")]
    [InlineData("/.AUTHDOG/check")]
    [InlineData("/check")]
    public async Task TheQuestionCannotBeAskedFromOutside(string path)
    {
        using var answer = await GetAsync(path, "X-Authdog-Secret: " + ForwardAuthHost.Secret, "X-Original-URI: /public/", "X-Forwarded-Uri: /public/");
        answer.Headers.Contains("X-Authdog-User").ShouldBeFalse();
        foreach (var head in _host.App.Heads)
        {
            // Where the gateway is not asked about, it is the app's own address.
            head.ShouldStartWith("GET /check ");
        }
    }

    [Fact]
    public async Task UpgradePasses()
    {
        var (cookie, _) = await _host.Gateway.Gateway.SignInAsync();
        var answer = await AskAsync($"GET /members/socket HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nCookie: {cookie}\n\n");
        answer.ShouldNotBeEmpty();
        var head = _host.App.TakeHead();
        Header(head, "Upgrade").ShouldBe("websocket");
        Header(head, "X-Authdog-Email").ShouldBe("ada@example.com");
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task ManyCookiesPass()
    {
        var (cookie, _) = await _host.Gateway.Gateway.SignInAsync();
        using var answer = await GetAsync("/members/", $"Cookie: a={new string('x', 6000)}; {cookie}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(_host.App.TakeHead(), "Cookie").Length.ShouldBe(6002);
    }

    private static bool IsIdentity(string line) =>
        new string([.. line.Split(':')[0].Where(char.IsAsciiLetterOrDigit)]).StartsWith("xauthdog", StringComparison.OrdinalIgnoreCase);

    private static string Header(string head, string name)
    {
        var lines = head.Split("\r\n").Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).ToArray();
        lines.Length.ShouldBeLessThan(2, head);
        return lines.Length == 0 ? string.Empty : lines[0][(name.Length + 1)..].Trim();
    }

    private async Task<HttpResponseMessage> GetAsync(string target, params IEnumerable<string> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        ForwardAuthHost.Add(request, headers);
        return await _host.Client.SendAsync(request);
    }

    // The app closes after each answer, and so do the proxies when asked to; with an odd Connection header, reading the head is enough.
    private async Task<string> AskAsync(string request)
    {
        using var client = await RawClient.ConnectAsync(_host.Port);
        await client.SendAsync(request.ReplaceLineEndings("\r\n"));
        return await client.ReadUntilAsync("\r\n\r\n");
    }
}
