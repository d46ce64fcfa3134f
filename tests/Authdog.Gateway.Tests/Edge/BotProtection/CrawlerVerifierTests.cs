using System.Diagnostics;
using System.Net;
using Authdog.Gateway.Edge.BotProtection;
using Authdog.TestKit.Dns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Tests.Edge.BotProtection;

/// <summary>A crawler is a search engine's when the name of its address says so, and the address of that name too.</summary>
public sealed class CrawlerVerifierTests : IAsyncLifetime
{
    private readonly DnsServer _names = DnsServer.Start();
    private CrawlerVerifier _verifier = null!;

    public async ValueTask InitializeAsync()
    {
        _names.SetReverse("192.0.2.1", "crawl-192-0-2-1.googlebot.com");
        _names.SetAddress("crawl-192-0-2-1.googlebot.com", "192.0.2.1");
        _names.SetReverse("192.0.2.2", "crawl-192-0-2-1.googlebot.com");
        _names.SetReverse("192.0.2.3", "googlebot.com.evil.example");
        _names.SetAddress("googlebot.com.evil.example", "192.0.2.3");
        _names.SetReverse("192.0.2.4", "evilgooglebot.com");
        _names.SetAddress("evilgooglebot.com", "192.0.2.4");
        CrawlerOptions options = new() { Verify = true };
        options.Resolvers.Add(_names.Address);
        _verifier = new CrawlerVerifier(Options.Create(options), TimeProvider.System, NullLogger<CrawlerVerifier>.Instance);
        await _verifier.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _verifier.StopAsync(CancellationToken.None);
        _verifier.Dispose();
        await _names.DisposeAsync();
    }

    [Theory]
    [InlineData("192.0.2.1", "Verified")]
    [InlineData("192.0.2.2", "Impostor")]
    [InlineData("192.0.2.3", "Impostor")]
    [InlineData("192.0.2.4", "Impostor")]
    [InlineData("192.0.2.5", "Impostor")]
    public async Task TellsTheEnginesFromImpostors_WithoutWaiting(string address, string identity)
    {
        var engine = SearchEngine.Of("Mozilla/5.0 (compatible; Googlebot/2.1)")!;
        _verifier.Find(IPAddress.Parse(address), engine).ShouldBe(CrawlerIdentity.Unknown);

        var found = CrawlerIdentity.Unknown;
        for (var waited = Stopwatch.StartNew(); found is CrawlerIdentity.Unknown && waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(10))
        {
            found = _verifier.Find(IPAddress.Parse(address), engine);
        }

        found.ToString().ShouldBe(identity);
    }

    [Fact]
    public void AsksNobody_WhenSwitchedOff()
    {
        using CrawlerVerifier off = new(Options.Create(new CrawlerOptions()), TimeProvider.System, NullLogger<CrawlerVerifier>.Instance);

        off.Find(IPAddress.Parse("192.0.2.1"), SearchEngine.Of("Googlebot")!).ShouldBe(CrawlerIdentity.Unknown);
    }

    [Theory]
    [InlineData("resolver.example", "06:00:00", 1, "AG1090")]
    [InlineData("192.0.2.53", "00:00:01", 1, "AG1091")]
    [InlineData("[2001:db8::53]:5353", "06:00:00", 0, "AG1092")]
    public void MistakeIsNamed(string resolver, string remember, long network, string code)
    {
        CrawlerOptions options = new() { RememberFor = TimeSpan.Parse(remember, System.Globalization.CultureInfo.InvariantCulture) };
        options.Resolvers.Add(resolver);
        options.HostingNetworks.Add(network);

        new CrawlerOptions.Validator().Validate(null, options).Failures!.ShouldHaveSingleItem().ShouldStartWith(code);
    }
}
