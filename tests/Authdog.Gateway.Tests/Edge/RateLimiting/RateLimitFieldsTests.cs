using System.Threading.RateLimiting;
using Authdog.Gateway.Edge.RateLimiting;
using Authdog.Identity.Redis.Rates;

namespace Authdog.Gateway.Tests.Edge.RateLimiting;

/// <summary>What clients are told of limits.</summary>
public sealed class RateLimitFieldsTests
{
    private static readonly Rate s_rate = new(5, TimeSpan.FromMinutes(1));
    private static readonly CountedLimit s_open = Limit("open", exceeded: false, remaining: 3, retry: 0, reset: 30.2);
    private static readonly CountedLimit s_full = Limit("full", exceeded: true, remaining: 0, retry: 12.1, reset: 60);
    private static readonly CountedLimit s_fuller = Limit("fuller", exceeded: true, remaining: 0, retry: 40, reset: 60);
    private static readonly CountedLimit s_watched = Limit("watched", exceeded: true, remaining: 0, retry: 99, reset: 99) with { DryRun = true };

    [Fact]
    public void NameEachLimitThatCounts_AndWhenItChangesForTheBetter() =>
        RateLimitFields.Of([s_open, s_watched, s_full]).ShouldBe(
        [
            KeyValuePair.Create("RateLimit-Policy", "\"open\";q=5;w=60, \"full\";q=5;w=60"),
            KeyValuePair.Create("RateLimit", "\"open\";r=3;t=31, \"full\";r=0;t=13"),
        ]);

    [Fact]
    public void SayNothing_OfADryRun() => RateLimitFields.Of([s_watched]).ShouldBeEmpty();

    [Fact]
    public void RefusalWaitsForTheLastOfThoseThatRefuse_AndNotForADryRun()
    {
        using SharedLease refused = new(isAcquired: false, [s_open, s_full, s_watched, s_fuller]);
        refused.RefusedBy.Select(limit => limit.Name).ShouldBe(["full", "fuller"]);
        refused.TryGetMetadata(MetadataName.RetryAfter, out var wait).ShouldBeTrue();
        wait.ShouldBe(TimeSpan.FromSeconds(40));

        using SharedLease passed = new(isAcquired: true, [s_open, s_watched]);
        passed.TryGetMetadata(MetadataName.RetryAfter, out _).ShouldBeFalse();
    }

    private static CountedLimit Limit(string name, bool exceeded, int remaining, double retry, double reset) =>
        new(name, s_rate, DryRun: false, new RateState(exceeded, 5 - remaining, remaining, TimeSpan.FromSeconds(retry), TimeSpan.FromSeconds(reset)));
}
