using System.Net;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>What each kind of proxy is told.</summary>
public sealed class ForwardAuthTests(AnswerHosts hosts) : IClassFixture<AnswerHosts>
{
    private static readonly string[] s_names =
        ["X-Authdog-Assertion", "X-Authdog-User", "X-Authdog-Email", "X-Authdog-Name", "X-Authdog-Tenant", "X-Authdog-Roles", "Remote-User"];

    public static TheoryData<string> Proxies => [.. Enum.GetNames<ForwardAuthProxy>()];

    public static TheoryData<string, string> Targets =>
        [.. from target in AttackTargets.All.Concat(["/", "/members/", "/nobody/x", "/readers/?a=b", "/office/", "/maybe/%C3%A9", "/a+b@c:d,e=f?x=//&y=%2f", "/nowhere;a=b/c"])
            from proxy in new[] { "Nginx", "Caddy", "Envoy" }
            select (TheoryDataRow<string, string>)(proxy, target)];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Answers200WithIdentity_WhenAllowed(string proxy)
    {
        var (cookie, session) = await Host(proxy).Gateway.SignInAsync();
        using var answer = await AskAsync(proxy, new Question(), $"Cookie: theme=dark; {cookie}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Value(answer, "X-Authdog-User").ShouldBe(session.User.ToString());
        Value(answer, "X-Authdog-Email").ShouldBe("ada@example.com");
        Value(answer, "X-Authdog-Assertion").Split('.').Length.ShouldBe(3);
        Value(answer, "Remote-User").ShouldBeEmpty();
        Value(answer, "Cookie").ShouldBe("theme=dark");
    }

    [Theory]
    [Trait("Threat", "B5")]
    [MemberData(nameof(Proxies))]
    public async Task SendsEveryIdentityHeaderEmpty_WhenThereIsNothingToSay(string proxy)
    {
        var question = new Question { Target = "/public/" };
        var lines = $"GET {question.Path(Of(proxy))} HTTP/1.1\n{string.Concat(question.Headers(Of(proxy)).Append($"X-Authdog-Secret: {ForwardAuthHost.Secret}").Append("X-Authdog-User: evil").Append("Connection: close").Select(header => header + "\n"))}\n";
        var answer = await RawClient.AskAsync(Host(proxy).Url.Port, lines.Contains("\nHost:", StringComparison.Ordinal) ? lines : lines.Replace(" HTTP/1.1\n", " HTTP/1.1\nHost: check\n", StringComparison.Ordinal));
        answer.ShouldStartWith("HTTP/1.1 200");
        foreach (var name in s_names.Append("Cookie"))
        {
            answer.ShouldContain($"\r\n{name}: \r\n", Case.Sensitive);
        }
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task NamesHeadersAsTheRouteDoes(string proxy)
    {
        var (cookie, session) = await Host(proxy).Gateway.SignInAsync();
        using var answer = await AskAsync(proxy, new Question { Target = "/maybe/" }, $"Cookie: {cookie}");
        Value(answer, "Remote-User").ShouldBe(session.User.ToString());
        Value(answer, "X-Authdog-User").ShouldBeEmpty();
        Value(answer, "Cookie").ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B8")]
    [MemberData(nameof(Proxies))]
    public async Task Answers401WithLocation_WhenABrowserIsNotSignedIn(string proxy)
    {
        using var answer = await AskAsync(proxy, new Question { Target = "/members/a?x=1&y=//evil", Proto = "https", Host = "localhost:8443" }, [.. Question.Browser]);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        const string Local = "/.authdog/login?return=%2Fmembers%2Fa%3Fx%3D1%26y%3D%2F%2Fevil";
        Value(answer, "Location").ShouldBe(proxy == "Traefik" ? "https://localhost:8443" + Local : Local);
        Value(answer, "X-Authdog-Answer").ShouldBe("redirect");
        answer.Headers.Contains("X-Authdog-User").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Answers401WithoutRedirect_WhenAProgramIsNotSignedIn(string proxy)
    {
        foreach (var asker in new[] { "Sec-Fetch-Mode: cors", "Accept: application/json", "X-Requested-With: XMLHttpRequest", "Upgrade: websocket" })
        {
            using var answer = await AskAsync(proxy, new Question { Method = "GET" }, asker);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, asker);
            answer.Headers.Contains("X-Authdog-Answer").ShouldBeFalse();
            answer.Headers.WwwAuthenticate.ToString().ShouldContain("Bearer");
            Value(answer, "Location").ShouldEndWith("/.authdog/login?return=%2Fmembers%2F");
        }
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task AsksForMore_WhenTheSessionIsTooWeak(string proxy)
    {
        var (cookie, _) = await Host(proxy).Gateway.SignInAsync();
        using var program = await AskAsync(proxy, new Question { Target = "/strong/" }, $"Cookie: {cookie}");
        program.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        program.Headers.WwwAuthenticate.ToString().ShouldContain("acr_values=\"aal2\"");
        using var browser = await AskAsync(proxy, new Question { Target = "/strong/" }, [$"Cookie: {cookie}", .. Question.Browser]);
        browser.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Theory]
    [Trait("Threat", "B6")]
    [MemberData(nameof(Proxies))]
    public async Task IsNever2xx_WhenTheClientsOwnAnswerWouldBe(string proxy)
    {
        // A gRPC client is told "unauthenticated" in trailers, under 200.
        var question = new Question();
        using var request = new HttpRequestMessage(HttpMethod.Get, question.Path(Of(proxy))) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        ForwardAuthHost.Add(request, question.Headers(Of(proxy)).Append("X-Authdog-Secret: " + ForwardAuthHost.Secret));
        using var answer = await Host(proxy).Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Answers403_WhenNotAllowed(string proxy)
    {
        var (cookie, _) = await Host(proxy).Gateway.SignInAsync();
        using var forbidden = await AskAsync(proxy, new Question { Target = "/admin/" }, $"Cookie: {cookie}");
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var denied = await AskAsync(proxy, new Question { Target = "/nobody/" });
        denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var unrouted = await AskAsync(proxy, new Question { Target = "/", Host = "unknown.example" });
        unrouted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var method = await AskAsync(proxy, new Question { Target = "/readers/", Method = "DELETE" });
        method.StatusCode.ShouldBe(proxy == "Envoy" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, "Envoy asks with the method itself");
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task NeverGrantsAnAddressOfTheGatewaysOwn(string proxy)
    {
        foreach (var target in new[] { "/.authdog/login", "/.authdog/session", "/.AUTHDOG/x", "/.well-known/authdog/jwks.json", "/.authdog/oidc/x/callback?code=1" })
        {
            using var answer = await AskAsync(proxy, new Question { Target = target });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, target);
        }
    }

    [Theory]
    [Trait("Threat", "B3")]
    [MemberData(nameof(Proxies))]
    public async Task DecidesByTheHostThatIsDescribed(string proxy)
    {
        foreach (var (host, status) in new[] { ("localhost", 403), ("other.example", 200), ("OTHER.Example.", 200), ("other.example:8443", 200), ("other.example.evil", 403) })
        {
            using var answer = await AskAsync(proxy, new Question { Target = "/hosted/", Host = host });
            ((int)answer.StatusCode).ShouldBe(status, host);
        }
    }

    [Theory]
    [Trait("Threat", "B4")]
    [InlineData("203.0.113.9", 200)]
    [InlineData("198.51.100.1, 203.0.113.9", 200)]
    [InlineData("203.0.113.9, 198.51.100.1", 403)]
    [InlineData("203.0.113.9, 127.0.0.1", 200)]
    [InlineData("203.0.113.9, 198.51.100.1, 127.0.0.1", 403)]
    public async Task ReadsTheClientFromRightToLeft(string chain, int status)
    {
        foreach (var proxy in Enum.GetNames<ForwardAuthProxy>())
        {
            using var answer = await AskAsync(proxy, new Question { Target = "/office/", For = chain }, "X-Real-IP: 203.0.113.9");
            ((int)answer.StatusCode).ShouldBe(status, proxy);
        }
    }

    [Theory]
    [Trait("Threat", "B6")]
    [MemberData(nameof(Proxies))]
    public async Task Denies_WhenAPartIsMissingRepeatedOrMalformed(string proxy)
    {
        var sound = new Question { Target = "/public/" };
        foreach (var name in sound.Headers(Of(proxy)).Select(header => header.Split(':')[0]).Where(name => name != "Host"))
        {
            var all = sound.Headers(Of(proxy)).ToArray();
            using var missing = await Host(proxy).AskAsync(sound.Path(Of(proxy)), all.Where(header => !header.StartsWith(name, StringComparison.Ordinal)));
            missing.StatusCode.ShouldBe(Bad(proxy), name);
            var lines = $"GET {sound.Path(Of(proxy))} HTTP/1.1\n{(Of(proxy) == ForwardAuthProxy.Envoy ? "" : "Host: check\n")}Connection: close\nX-Authdog-Secret: {ForwardAuthHost.Secret}\n{string.Concat(all.Select(header => header + "\n"))}";
            (await RawClient.AskAsync(Host(proxy).Url.Port, lines + "\n")).ShouldStartWith("HTTP/1.1 200");
            (await RawClient.AskAsync(Host(proxy).Url.Port, $"{lines}{all.First(header => header.StartsWith(name, StringComparison.Ordinal))}\n\n")).ShouldStartWith($"HTTP/1.1 {(int)Bad(proxy)}");
        }

        foreach (var odd in new[]
        {
            sound with { Proto = "ftp" }, sound with { For = "unknown" }, sound with { For = "1" }, sound with { For = "203.0.113.9," }, sound with { For = "203.0.113.9:80" },
            sound with { Host = "a/b" }, sound with { Host = "localhost, other.example" }, sound with { Host = "localhost:x" }, sound with { Host = "user@localhost" }, sound with { Host = "localhost?" },
            sound with { Target = "public" }, sound with { Target = "http://localhost/public/" }, sound with { Method = "GET POST" }, sound with { Method = "" },
        }.Where(odd => proxy != "Envoy" || (odd.Host == sound.Host && odd.Target == sound.Target && odd.Method == sound.Method)))
        {
            using var answer = await AskAsync(proxy, odd);
            answer.StatusCode.ShouldBe(Bad(proxy), odd.ToString());
        }
    }

    [Theory]
    [Trait("Threat", "B4")]
    [MemberData(nameof(Proxies))]
    public async Task ListensToNoOtherProxysHeaders(string proxy)
    {
        var sound = new Question { Target = "/public/" };
        foreach (var other in Enum.GetValues<ForwardAuthProxy>().Where(other => other != Of(proxy) && other != ForwardAuthProxy.Envoy))
        {
            using var answer = await AskAsync(proxy, new Question { Target = "/nobody/" }, sound.Headers(other).Where(header => !new Question().Headers(Of(proxy)).Any(own => own.StartsWith(header.Split(':')[0], StringComparison.OrdinalIgnoreCase))));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Theory]
    [Trait("Threat", "B5")]
    [InlineData("X_Authdog_User: evil")]
    [InlineData("X.Authdog.User: evil")]
    [InlineData("Remote_User: evil")]
    [InlineData("X_Forwarded_For: 1.2.3.4")]
    [InlineData("Odd_Name: x")]
    [InlineData("X-Authdog-Anything: x")]
    [InlineData("XAuthdog-User: x")]
    public async Task Denies_WhenTheAppCouldMistakeAHeaderThatTheProxyCarries(string header)
    {
        foreach (var proxy in Enum.GetNames<ForwardAuthProxy>())
        {
            using var answer = await AskAsync(proxy, new Question { Target = "/public/" }, header);
            answer.StatusCode.ShouldBe(Bad(proxy));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("a-secret-of-the-tests-with-more-than-32-character")]
    [InlineData("A-secret-of-the-tests-with-more-than-32-characters")]
    [InlineData("a-secret-of-the-tests-with-more-than-32-characters, x")]
    public async Task Denies_WhenTheSecretIsWrong(string? secret)
    {
        foreach (var proxy in Enum.GetValues<ForwardAuthProxy>())
        {
            var question = new Question { Target = "/public/" };
            using var request = new HttpRequestMessage(HttpMethod.Get, question.Path(proxy));
            ForwardAuthHost.Add(request, secret is null ? question.Headers(proxy) : question.Headers(proxy).Append("X-Authdog-Secret: " + secret));
            using var answer = await hosts.Of(proxy).Client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            answer.Headers.Contains("X-Authdog-User").ShouldBeFalse();
        }
    }

    [Theory]
    [Trait("Threat", "B1")]
    [MemberData(nameof(Targets))]
    public async Task DecidesAsThePublicListenerDoes(string proxy, string target)
    {
        if (Of(proxy) == ForwardAuthProxy.Envoy && !target.StartsWith('/'))
        {
            return;
        }

        var host = Host(proxy);
        var (cookie, _) = await host.Gateway.SignInAsync();
        foreach (var with in new[] { "", $"Cookie: {cookie}\n" })
        {
            var carried = Status(await RawClient.AskAsync(host.Gateway.Url.Port, $"GET {target} HTTP/1.1\nHost: localhost\nConnection: close\n{with}\n"));
            var question = new Question { Target = target, For = "127.0.0.1" };
            var hostLine = Of(proxy) == ForwardAuthProxy.Envoy ? "" : "Host: check\n";
            var asked = Status(await RawClient.AskAsync(host.Url.Port, $"GET {question.Path(Of(proxy))} HTTP/1.1\n{hostLine}Connection: close\n{with}X-Authdog-Secret: {ForwardAuthHost.Secret}\n{string.Concat(question.Headers(Of(proxy)).Select(header => header + "\n"))}\n"));

            // A route without a cluster is answered with 503 once it may pass. No proxy describes a target but by its path.
            var expected = carried switch { 503 => 200, 404 => 403, 400 => (int)Bad(proxy), _ => carried };
            asked.ShouldBe(target.StartsWith('/') ? expected : (int)Bad(proxy), $"{target} {with}");
        }
    }

    private static int Status(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static ForwardAuthProxy Of(string proxy) => Enum.Parse<ForwardAuthProxy>(proxy);

    private static HttpStatusCode Bad(string proxy) => proxy == "Nginx" ? HttpStatusCode.Forbidden : HttpStatusCode.BadRequest;

    private static string Value(HttpResponseMessage answer, string name)
    {
        answer.Headers.TryGetValues(name, out var values).ShouldBeTrue($"{name} is missing");
        return values!.ShouldHaveSingleItem();
    }

    private ForwardAuthHost Host(string proxy) => hosts.Of(Of(proxy));

    private Task<HttpResponseMessage> AskAsync(string proxy, Question question, params IEnumerable<string> headers) =>
        Host(proxy).AskAsync(question.Path(Of(proxy)), [.. question.Headers(Of(proxy)), .. headers]);
}
