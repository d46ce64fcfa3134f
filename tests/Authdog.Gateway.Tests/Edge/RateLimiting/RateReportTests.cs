using System.Diagnostics.Metrics;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.RateLimiting;
using Authdog.Identity.Redis.Rates;
using Authdog.Policies.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Tests.Edge.RateLimiting;

/// <summary>Whether an app's answers say what is left.</summary>
public sealed class RateReportTests
{
    [Theory]
    [InlineData(true, "/orders", true, true)]
    [InlineData(false, "/orders", true, false)]
    [InlineData(true, "/.authdog/login", true, false)]
    [InlineData(true, "/orders", false, false)]
    public async Task SaysWhatIsLeft_WhereItIsToBeAnnounced(bool announce, string path, bool passes, bool says)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        RateRules rules = new(Options.Create(new RateLimitingOptions { Announce = announce }), new PolicyCatalog(Path.Combine(Path.GetTempPath(), "no-policies"), TimeProvider.System));
        RateReport report = new(rules, new RateLimitMetrics(services.GetRequiredService<IMeterFactory>()), NullLogger<RateReport>.Instance);
        DefaultHttpContext context = new();
        Starting response = new();
        context.Features.Set<IHttpResponseFeature>(response);
        CountedLimit limit = new("three", new Rate(3, TimeSpan.FromMinutes(1)), DryRun: false, new RateState(false, 1, 2, TimeSpan.Zero, TimeSpan.FromSeconds(60)));

        report.Tell(context, new CanonicalRequest(path, path, "https", "app.example", null), passes, [limit], isLocal: false);
        await response.StartAsync();

        context.Response.Headers["RateLimit"].ToString().ShouldBe(says ? "\"three\";r=2;t=60" : string.Empty);
    }

    private sealed class Starting : HttpResponseFeature
    {
        private readonly List<Func<Task>> _callbacks = [];

        public override void OnStarting(Func<object, Task> callback, object state) => _callbacks.Add(() => callback(state));

        public Task StartAsync() => Task.WhenAll(_callbacks.Select(static callback => callback()));
    }
}
