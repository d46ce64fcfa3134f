using System.Net;
using Authdog.Gateway.Demo;

namespace Authdog.Gateway.Tests.Demo;

public sealed class DemoAppTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });
    private DemoApp _demo = null!;

    public async ValueTask InitializeAsync() => _demo = await DemoApp.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _demo.DisposeAsync();
    }

    [Fact]
    public async Task GreetsWhomTheHeadersName_WhenSignedIn()
    {
        var page = await GetAsync("/members/", ("X-Authdog-Email", "ada@example.com"), ("X-Authdog-Name", "Ada"), ("X-Authdog-Tenant", "default"));

        page.ShouldContain("""<b id="visitor">Ada</b>""");
        page.ShouldContain("""<b id="email">ada@example.com</b>""");
        page.ShouldContain("/.authdog/logout");
        page.ShouldContain("R-2016-0131");
    }

    [Fact]
    public async Task OffersToSignInAndComeBack_WhenNobodyIsNamed()
    {
        var page = await GetAsync("/about?a=1&b=2");

        page.ShouldContain("/.authdog/login?return=%2Fabout%3Fa%3D1%26b%3D2");
        page.ShouldNotContain("/.authdog/logout");
    }

    [Fact]
    [Trait("Threat", "I13")]
    public async Task ShowsHeadersAsText_WhenTheyHoldMarkup()
    {
        var page = await GetAsync("/headers?<script>", ("X-Authdog-Name", "<script>alert(1)</script>"), ("X-Other", "\"><img src=x>"));

        page.ShouldContain("X-Other");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img src=x");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/admin/")]
    [InlineData("/assets/logo.svg")]
    [InlineData("/assets/papertrail.css")]
    public async Task Answers_WhenAsked(string path) => (await GetAsync(path)).ShouldNotBeEmpty();

    [Fact]
    public async Task SaysNotFound_WhenThereIsNoSuchPage()
    {
        using var answer = await _client.GetAsync(new Uri(_demo.Address, "/nothing"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void ListensOnLoopbackOnly_WhenStarted() => _demo.Address.Host.ShouldBe("127.0.0.1");

    private async Task<string> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_demo.Address, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }
}
