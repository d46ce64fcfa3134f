using System.Diagnostics;
using Authdog.Gateway.Edge.BotProtection;

namespace Authdog.Gateway.Tests.Edge.BotProtection;

/// <summary>Programs are known by what they declare, in linear time.</summary>
public sealed class CrawlerPatternsTests
{
    private static readonly CrawlerPatterns s_patterns = new();

    [Fact]
    public void AllAreRead() => s_patterns.Count.ShouldBe(1500);

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "bingbot")]
    [InlineData("curl/8.14.1", "curl")]
    [InlineData("Wget/1.21.4", "Wget")]
    [InlineData("wget/1.21.4", "wget")]
    [InlineData("Go-http-client/2.0", "Go-http-client")]
    [InlineData("AdsBot-Google (+http://www.google.com/adsbot.html)", "AdsBot-Google")]
    public void KnowsThePrograms(string agent, string found) => s_patterns.Find(agent).ShouldBe(found);

    [Theory]
    [InlineData(Browsers.ChromeAgent)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36")]
    [InlineData("")]
    public void TakesNoBrowserForOne(string agent) => s_patterns.Find(agent).ShouldBeNull();

    [Fact]
    [Trait("Threat", "B18")]
    public void CraftedAgent_TakesNoLongerThanItsLength()
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++)
        {
            s_patterns.Find($"{i}ContextualBot" + string.Concat(Enumerable.Repeat("Current Spider ", 2000)));
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
