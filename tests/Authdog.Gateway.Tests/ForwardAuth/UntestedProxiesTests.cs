using System.Net;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>Traefik and Envoy cannot be had where these tests run. So their questions are played whole, as their manuals and sources say that they are sent, and what they make of the answer is played after the same.</summary>
/// <remarks>
/// Traefik: "ForwardAuth" of its manual (2.x, 3.x): all headers of the client but hop-by-hop ones, then the five <c>X-Forwarded-</c> ones set anew where <c>trustForwardHeader</c> is false; each of <c>authResponseHeaders</c> is deleted from the request and set to what the answer has.
/// Envoy: <c>ext_authz</c> v3 with an HTTP service: method, host and path of the client behind <c>path_prefix</c>, <c>Content-Length: 0</c>, <c>Authorization</c>, and what <c>allowed_headers</c> lets pass, with the client's address as the last of <c>X-Forwarded-For</c> (<c>use_remote_address</c>).
/// </remarks>
public sealed class UntestedProxiesTests(AnswerHosts hosts) : IClassFixture<AnswerHosts>
{
    private static readonly string[] s_copied = ["Cookie", "X-Authdog-Assertion", "X-Authdog-User", "X-Authdog-Email", "X-Authdog-Name", "X-Authdog-Tenant", "X-Authdog-Roles"];

    // What a client sends that wants to be somebody else, from somewhere else.
    private static readonly string[] s_evil = ["X-Authdog-User: evil", "X-Authdog-Roles: admin", "X-Forwarded-Uri: /public/", "X-Forwarded-Host: other.example", "X-Forwarded-Method: OPTIONS", "X-Original-URL: /public/", "Forwarded: for=203.0.113.9;host=other.example"];

    [Theory]
    [Trait("Threat", "B4")]
    [InlineData("Traefik")]
    [InlineData("Envoy")]
    public async Task AppGetsTheSessionsIdentity_AndNothingOfTheClients(string proxy)
    {
        var (cookie, session) = await Host(proxy).Gateway.SignInAsync();
        using var answer = await AskAsync(proxy, "GET", "localhost", "/members/a?b=c", [$"Cookie: theme=dark; {cookie}", .. s_evil]);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var received = Received(proxy, answer);
        received["X-Authdog-User"].ShouldBe(session.User.ToString());
        received["X-Authdog-Roles"].ShouldBeEmpty();
        received["Cookie"].ShouldBe("theme=dark");
    }

    [Theory]
    [Trait("Threat", "B5")]
    [InlineData("Traefik")]
    [InlineData("Envoy")]
    public async Task AppGetsNoIdentity_WhenNobodyIsSignedIn(string proxy)
    {
        using var answer = await AskAsync(proxy, "GET", "localhost", "/public/", [.. s_evil]);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Received(proxy, answer).Where(header => header.Key != "Cookie").ShouldAllBe(header => header.Value.Length == 0);
    }

    [Theory]
    [Trait("Threat", "B4")]
    [InlineData("Traefik")]
    [InlineData("Envoy")]
    public async Task DecidesByTheProxysWord_NotByTheClients(string proxy)
    {
        using var members = await AskAsync(proxy, "GET", "localhost", "/members/", [.. s_evil]);
        members.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var write = await AskAsync(proxy, "DELETE", "localhost", "/readers/", [.. s_evil]);
        write.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var read = await AskAsync(proxy, "GET", "localhost", "/readers/", [.. s_evil]);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var hosted = await AskAsync(proxy, "GET", "localhost", "/hosted/", [.. s_evil]);
        hosted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // The office's network, claimed by the client and then said by the proxy.
        using var claimed = await AskAsync(proxy, "GET", "localhost", "/office/", ["X-Forwarded-For: 203.0.113.9"]);
        claimed.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var office = await AskAsync(proxy, "GET", "localhost", "/office/", [], "203.0.113.9");
        office.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Traefik")]
    [InlineData("Envoy")]
    public async Task UploadIsAskedAboutWithoutItsBody(string proxy)
    {
        using var answer = await AskAsync(proxy, "POST", "localhost", "/public/", ["Content-Type: application/octet-stream", "Expect: 100-continue"]);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Traefik")]
    [InlineData("Envoy")]
    public async Task ClientIsTold429_WhenItComesTooOften(string proxy)
    {
        using var passed = await AskAsync(proxy, "GET", "localhost", "/once/", []);
        passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var limited = await AskAsync(proxy, "GET", "localhost", "/once/", []);
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(50));
        limited.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"policy-once\";q=1;w=3600"]);
    }

    private ForwardAuthHost Host(string proxy) => hosts.Of(Enum.Parse<ForwardAuthProxy>(proxy));

    private async Task<HttpResponseMessage> AskAsync(string proxy, string method, string host, string target, string[] client, string address = "198.51.100.7")
    {
        using var question = proxy == "Envoy" ? Envoy(method, host, target, client, address) : Traefik(method, host, target, client, address);
        question.Headers.TryAddWithoutValidation("X-Authdog-Secret", ForwardAuthHost.Secret);
        return await Host(proxy).Client.SendAsync(question);
    }

    private static HttpRequestMessage Traefik(string method, string host, string target, string[] client, string address)
    {
        var question = new HttpRequestMessage(HttpMethod.Get, "/check");
        string[] set = [$"X-Forwarded-Method: {method}", "X-Forwarded-Proto: http", $"X-Forwarded-Host: {host}", $"X-Forwarded-Uri: {target}", $"X-Forwarded-For: {address}"];
        Add(question, client.Where(header => !set.Any(own => Name(own) == Name(header))));
        Add(question, set);
        return question;
    }

    private static HttpRequestMessage Envoy(string method, string host, string target, string[] client, string address)
    {
        string[] allowed = ["authorization", "cookie", "accept", "sec-fetch-mode", "x-requested-with"];
        var question = new HttpRequestMessage(new HttpMethod(method), "/check" + target) { Content = new ByteArrayContent([]) };
        question.Headers.Host = host;
        var before = client.Where(header => Name(header) == "x-forwarded-for").Select(Value);
        Add(question, client.Where(header => allowed.Contains(Name(header))));
        Add(question, ["X-Forwarded-Proto: http", $"X-Forwarded-For: {string.Join(", ", before.Append(address))}", "X-Envoy-Expected-Rq-Timeout-Ms: 2000", "X-Envoy-Internal: true"]);
        return question;
    }

    // Both replace what the client sent by what the answer has, an empty value too.
    private static Dictionary<string, string> Received(string proxy, HttpResponseMessage answer)
    {
        var received = s_evil.Where(header => Name(header).StartsWith("x-authdog", StringComparison.Ordinal)).ToDictionary(header => header.Split(':')[0], Value);
        foreach (var name in s_copied)
        {
            answer.Headers.TryGetValues(name, out var values).ShouldBeTrue($"{proxy} would leave the client's {name}");
            received[name] = string.Concat(values!);
        }

        return received;
    }

    private static void Add(HttpRequestMessage question, IEnumerable<string> headers)
    {
        foreach (var header in headers)
        {
            (question.Headers.TryAddWithoutValidation(header.Split(':')[0], Value(header)) || (question.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(header.Split(':')[0], Value(header))).ShouldBeTrue(header);
        }
    }

    private static string Name(string header) => header.Split(':')[0].ToLowerInvariant();

    private static string Value(string header) => header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
}
