using System.Globalization;
using Authdog.Gateway.Edge.BotProtection;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Bots;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Edge.BotProtection;

/// <summary>What honest browsers, tools and pretenders score. A browser with a window stays below 30, whatever else changes.</summary>
public sealed class HonestBrowsersTests(BotGateway gateway) : IClassFixture<BotGateway>
{
    private static readonly Dictionary<string, string[]> s_clients = typeof(Browsers).GetFields()
        .Where(field => field.FieldType == typeof(string[])).ToDictionary(field => field.Name, field => (string[])field.GetValue(null)!);

    [Theory]
    [InlineData(nameof(Browsers.Chrome), 0)]
    [InlineData(nameof(Browsers.ChromeFetch), 0)]
    [InlineData(nameof(Browsers.ChromeAndroid), 0)]
    [InlineData(nameof(Browsers.Edge), 0)]
    [InlineData(nameof(Browsers.Firefox), 0)]
    [InlineData(nameof(Browsers.Safari), 0)]
    [InlineData(nameof(Browsers.SafariPhone), 0)]
    [InlineData(nameof(Browsers.ChromePhoneOfApple), 0)]
    [InlineData(nameof(Browsers.OldSafari), 0)]
    [InlineData(nameof(Browsers.ChromeHeadless), 60)]
    [InlineData(nameof(Browsers.Curl), 60)]
    [InlineData(nameof(Browsers.PythonRequests), 60)]
    [InlineData(nameof(Browsers.Googlebot), 60)]
    [InlineData(nameof(Browsers.OutdatedAgent), 60)]
    [InlineData(nameof(Browsers.FirefoxThatIsChrome), 72)]
    [InlineData(nameof(Browsers.SortedChrome), 30)]
    [InlineData(nameof(Browsers.PretendedChrome), 84)]
    public async Task Scores(string client, int score)
    {
        (await ScoreAsync(s_clients[client])).ShouldBe(score);
    }

    [Fact]
    public void WebSocketOfABrowser_ScoresNothing()
    {
        DefaultHttpContext context = new();
        foreach (var line in Browsers.ChromeWebSocket)
        {
            context.Request.Headers.Append(line.Split(": ")[0], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }

        List<BotSignal> signals = [];
        BrowserSignals.Collect(context, Browsers.ChromeAgent, BrowserClaim.Of(Browsers.ChromeAgent), isSecure: true, new SignalOptions(), signals);
        signals.ShouldBeEmpty();
    }

    [Fact]
    public async Task ScoresHalf_WhenThereIsNothing() => (await ScoreAsync([])).ShouldBe(50);

    [Fact]
    public async Task JudgesNoHeadersThatBrowsersWithhold_WhenTheOriginIsNotTrustworthy()
    {
        var plain = Browsers.Chrome.Where(line => !line.StartsWith("sec-", StringComparison.OrdinalIgnoreCase)).ToArray();

        (await ScoreAsync(plain)).ShouldBe(64);
        (await ScoreAsync(plain, "app.example.com")).ShouldBe(0);
    }

    [Theory]
    [InlineData("X-Authdog-Bot-Score: 0")]
    [InlineData("x_authdog_bot_score: 0")]
    public async Task ClientDoesNotSayItsOwnScore(string header)
    {
        (await ScoreAsync([.. Browsers.Curl, header])).ShouldBe(60);
        (await AskAsync("/untold/x", "localhost", header)).ShouldBeEmpty();
    }

    private async Task<int> ScoreAsync(string[] headers, string host = "localhost") =>
        int.Parse(await AskAsync("/told/x", host, headers), CultureInfo.InvariantCulture);

    private async Task<string> AskAsync(string path, string host, params string[] headers)
    {
        var request = RawClient.Get(path, headers).Replace("Host: localhost", $"Host: {host}", StringComparison.Ordinal);
        var answer = await RawClient.AskAsync(gateway.Gateway.Url.Port, request);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Trim();
    }
}
