using Authdog.Identity.Redis.Rates;

namespace Authdog.Identity.Tests.Redis;

/// <summary>Counts of one node alone are bounded, and forget what is over first.</summary>
[Trait("Threat", "I2")]
[Trait("Threat", "B18")]
public sealed class LocalRatesTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly LocalRates _rates = new(share: 0.5);

    [Fact]
    public void NodeLetsItsShareThrough_AndNeverNobody()
    {
        Enumerable.Range(0, 4).Count(_ => Take("ada", 0, permits: 5)).ShouldBe(2);
        Enumerable.Range(0, 4).Count(_ => Take("bob", 0, permits: 1)).ShouldBe(1);
        Enumerable.Range(0, 4).Count(_ => Take("cem", 0, permits: 5, RateAlgorithm.TokenBucket)).ShouldBe(2);
    }

    [Fact]
    public void ForgetsWhatItIsTold()
    {
        Take("ada", 0).ShouldBeTrue();
        Take("bob", 0).ShouldBeTrue();
        _rates.Forget([Ask("ada")]);
        Take("ada", 0).ShouldBeTrue();
        Take("bob", 0).ShouldBeFalse();

        _rates.Clear();
        Take("bob", 0).ShouldBeTrue();
    }

    [Fact]
    public void CountsOfSeveralLimits_AreTakenFromAllOrNone()
    {
        Take("full", 0).ShouldBeTrue();
        _rates.Run([Ask("free"), Ask("full")], 1, 0).Allowed.ShouldBeFalse();
        _rates.Run([Ask("free"), Ask("full") with { IsWatched = true }], 1, 0).Allowed.ShouldBeTrue();
        Take("free", 0).ShouldBeFalse();
    }

    [Fact]
    public void MakesRoom_OfWhatIsOverFirst_AndHoldsNoMoreThanItMay()
    {
        for (var i = 0; i < 26_000; i++)
        {
            Take($"old {i}", 0);
        }

        // Two minutes later the old ones say nothing any more.
        var now = (long)TimeSpan.FromMinutes(2).TotalMilliseconds;
        Take("ada", now).ShouldBeTrue();
        for (var i = 0; i < 24_000; i++)
        {
            Take($"new {i}", now);
        }

        Take("ada", now).ShouldBeFalse("there was room without forgetting it");
        for (var i = 0; i < 26_001; i++)
        {
            Take($"more {i}", now);
        }

        Take("ada", now).ShouldBeTrue("more are known than fit");
    }

    private static RateAsk Ask(string subject, int permits = 2, RateAlgorithm algorithm = RateAlgorithm.SlidingWindow) =>
        new(StateNode.Tenant, "local", subject, new Rate(permits, s_window, algorithm));

    // Half of two permits: one.
    private bool Take(string subject, long now, int permits = 2, RateAlgorithm algorithm = RateAlgorithm.SlidingWindow) => _rates.Run([Ask(subject, permits, algorithm)], 1, now).Allowed;
}
