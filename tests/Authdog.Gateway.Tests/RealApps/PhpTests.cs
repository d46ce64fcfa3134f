using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.RealApps;

/// <summary>A PHP app that believes <c>X-Forwarded-User</c>.</summary>
[Trait("Threat", "B5")]
public sealed class PhpTests : IAsyncLifetime
{
    private AppProcess _app = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await AppProcess.StartAsync((port, _) => new("/usr/bin/php", ["-S", $"127.0.0.1:{port}", AppProcess.File("server.php")]));
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .SignedInPolicy()
            .Route("open", "/{**all}", "open", _app.Url)
            .Route("members", "/members/{**all}", "members", _app.Url, ("Metadata:Authdog:Header:User", "X-Forwarded-User")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("X_Forwarded_User")]
    [InlineData("X_FORWARDED-USER")]
    [InlineData("X-Forwarded_User")]
    [InlineData("X.Forwarded.User")]
    [InlineData("x-forwarded-user")]
    public async Task NoSpellingOfTheHeaderOverridesTheGateways(string name)
    {
        var (cookie, session) = await _gateway.SignInAsync();
        var answer = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get("/members/", $"Cookie: {cookie}", $"{name}: evil"));
        answer.ShouldNotContain("evil");
        Seen(answer).GetProperty("HTTP_X_FORWARDED_USER").GetString().ShouldBe(session.User.ToString());

        var stranger = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get("/", $"{name}: evil"));
        Seen(stranger).TryGetProperty("HTTP_X_FORWARDED_USER", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/a/index.php/Gr%C3%B6%C3%9Fe?x[]=1&x[]=2&y=a%2Fb")]
    [InlineData("/~ada/a+b@c:d,e=f?q=//x&&=")]
    [InlineData("/?")]
    public async Task AppSeesTheTargetThatWasAsked(string target)
    {
        var answer = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get(target));
        Seen(answer).GetProperty("REQUEST_URI").GetString().ShouldBe(target);
    }

    [Fact]
    public async Task BodyWithALengthArrivesWithIt()
    {
        using var answer = await _gateway.Client.PostAsync("/", new StringContent("text=Größe"));
        var seen = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement;
        seen.GetProperty("CONTENT_LENGTH").GetString().ShouldBe("12");
        seen.GetProperty("BODY").GetString().ShouldBe("text=Größe");
    }

    private static JsonElement Seen(string answer)
    {
        answer.ShouldStartWith("HTTP/1.1 200");
        return JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]).RootElement;
    }
}
