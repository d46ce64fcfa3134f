using Authdog.Identity.Sessions;

namespace Authdog.Identity.Tests.Sessions;

public sealed class BrowserNameTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "", "", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "", "", "Safari", "macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", "", "", "Chrome", "iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "", "", "Firefox", "Linux")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "\"Brave\";v=\"140\", \"Chromium\";v=\"140\"", "\"Android\"", "Brave", "Android")]
    [InlineData("", "", "", null, null)]
    [InlineData("🤖", "garbage", "garbage", null, null)]
    public void NamesBrowserAndSystem(string agent, string brands, string platform, string? browser, string? system) =>
        BrowserName.Of(agent, brands, platform).ShouldBe(new BrowserName(browser, system));
}
