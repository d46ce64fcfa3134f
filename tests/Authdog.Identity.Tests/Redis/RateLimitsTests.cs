using Authdog.Identity.Redis.Rates;
using Authdog.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Redis;

/// <summary>Limits hold for all nodes together, exactly, on both stores; and for one node alone while the store is away.</summary>
[Trait("Threat", "I2")]
public sealed class RateLimitsTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    // A busy machine is no store that is away.
    private static readonly (string Key, string Value) s_patient = ("Redis:OperationTimeout", "00:00:20");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
    private readonly string _subject = Guid.NewGuid().ToString("N");

    public static TheoryData<string> Engines => StoreEngine.All;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task NeverMoreThanThePermitsInAnyWindow_WhenRequestsComeAtRandom(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), _time, s_patient);
        var random = new Random(7);
        List<DateTimeOffset> passed = [];
        for (var i = 0; i < 400; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(0, random.Next(1, 9) == 1 ? 20_000 : 1_500)));
            var verdict = await node.Rates.TakeAsync([Ask(10)], Cancel);
            verdict.IsLocal.ShouldBeFalse();
            if (verdict.Allowed)
            {
                passed.Add(_time.GetUtcNow());
            }
            else
            {
                // What it says is true: a moment before the time there is no permit, and then there is one.
                verdict.RetryAfter.ShouldBeInRange(TimeSpan.FromMilliseconds(1), s_window * 1.2);
                _time.Advance(verdict.RetryAfter - TimeSpan.FromMilliseconds(1));
                (await node.Rates.ReadAsync([Ask(10)], Cancel)).States[0].Remaining.ShouldBe(0);
                _time.Advance(TimeSpan.FromMilliseconds(1));
                (await node.Rates.ReadAsync([Ask(10)], Cancel)).States[0].Remaining.ShouldBeGreaterThan(0);
            }
        }

        passed.Count.ShouldBeGreaterThan(100);
        passed.Select(from => passed.Count(at => at >= from && at < from + s_window)).Max().ShouldBe(10);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ExactlyThePermitsPass_WhenTwoNodesRace(string engine)
    {
        var place = await StoreEngine.PlaceAsync(engine);
        await using var one = await StateNode.StartAsync(place, _time, s_patient);
        await using var two = await StateNode.StartAsync(place, _time, s_patient);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : two).Rates.TakeAsync([Ask(30), Ask(1000, name: "other")], Cancel)));

        verdicts.Count(verdict => verdict.Allowed).ShouldBe(30);

        // Those that were refused by the one limit cost nothing of the other.
        (await two.Rates.ReadAsync([Ask(1000, name: "other")], Cancel)).States[0].Used.ShouldBe(30);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task BucketGivesAllAtOnce_AndThenEvenly(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), _time, s_patient);
        var ask = Ask(6, RateAlgorithm.TokenBucket);
        for (var i = 0; i < 6; i++)
        {
            (await node.Rates.TakeAsync([ask], Cancel)).Allowed.ShouldBeTrue();
        }

        (await node.Rates.TakeAsync([ask], Cancel)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        var state = (await node.Rates.TakeAsync([ask], Cancel)).States.ShouldHaveSingleItem();
        (state.IsExceeded, state.Remaining, state.ResetAfter).ShouldBe((false, 0, s_window));
        (await node.Rates.TakeAsync([ask], Cancel)).Allowed.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task WatchedLimitSaysAndRefusesNothing_AndPermitsComeBack(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), _time, s_patient);
        var watched = Ask(1) with { IsWatched = true };
        (await node.Rates.TakeAsync([watched], Cancel)).States[0].IsExceeded.ShouldBeFalse();
        var second = await node.Rates.TakeAsync([watched, Ask(5, name: "enforced")], Cancel);
        (second.Allowed, second.States[0].IsExceeded, second.States[1].Used).ShouldBe((true, true, 1));

        await node.Rates.GiveBackAsync([watched, watched with { Name = "never-taken" }], Cancel);
        (await node.Rates.TakeAsync([watched], Cancel)).States[0].IsExceeded.ShouldBeFalse();
        await node.Rates.ForgetAsync([watched], Cancel);
        (await node.Rates.ReadAsync([watched], Cancel)).States[0].Used.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task NodeWhoseClockIsBehindBringsNothingBack(string engine)
    {
        var place = await StoreEngine.PlaceAsync(engine);
        var behind = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromMinutes(5));
        await using var right = await StateNode.StartAsync(place, _time, s_patient);
        await using var late = await StateNode.StartAsync(place, behind, s_patient);
        foreach (var algorithm in Enum.GetValues<RateAlgorithm>())
        {
            var ask = Ask(2, algorithm, $"clock-{algorithm}");
            (await right.Rates.TakeAsync([ask], Cancel)).Allowed.ShouldBeTrue();
            (await late.Rates.TakeAsync([ask], Cancel)).Allowed.ShouldBeTrue();
            (await late.Rates.TakeAsync([ask], Cancel)).Allowed.ShouldBeFalse();
            (await right.Rates.TakeAsync([ask], Cancel)).Allowed.ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task CountsOfOneNodeAlone_AreThoseOfTheScript(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), _time, s_patient);
        var local = new LocalRates(share: 1);
        var random = new Random(11);
        RateAsk[] asks = [Ask(7), Ask(5, RateAlgorithm.TokenBucket, "bucket"), Ask(9, name: "watched") with { IsWatched = true }];
        for (var i = 0; i < 300; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 9_000)));
            var cost = random.Next(0, 10) switch { 0 => 0, 1 => -1, _ => 1 };
            var shared = await (cost switch { 0 => node.Rates.ReadAsync(asks, Cancel), 1 => node.Rates.TakeAsync(asks, Cancel), _ => node.Rates.GiveBackAsync(asks, Cancel) });
            var alone = local.Run(asks, cost, _time.GetUtcNow().ToUnixTimeMilliseconds());

            alone.Allowed.ShouldBe(shared.Allowed, $"step {i}");
            alone.States.Select(state => (state.IsExceeded, state.Used, state.Remaining)).ShouldBe(shared.States.Select(state => (state.IsExceeded, state.Used, state.Remaining)), $"step {i}");
            for (var limit = 0; limit < asks.Length; limit++)
            {
                (alone.States[limit].RetryAfter - shared.States[limit].RetryAfter).Duration().ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(1), $"step {i}, limit {limit}");
            }
        }
    }

    [Fact]
    public async Task GoesLocalWithItsShare_WhenTheStoreIsAway_AndComesBack()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await StateNode.StartAsync(server.ConnectionString, _time, ("RateLimiting:LocalShare", "0.5"), ("Redis:ConnectionString", server.ConnectionString));
        (await node.Rates.TakeAsync([Ask(4)], Cancel)).IsLocal.ShouldBeFalse();
        List<bool> told = [];
        node.Rates.WentLocal += told.Add;
        server.Kill();

        var verdicts = new List<RateVerdict>();
        for (var i = 0; i < 3; i++)
        {
            verdicts.Add(await node.Rates.TakeAsync([Ask(4)], Cancel));
        }

        verdicts.ShouldAllBe(verdict => verdict.IsLocal);
        verdicts.Select(verdict => verdict.Allowed).ShouldBe([true, true, false]);
        node.Rates.IsLocal.ShouldBeTrue();

        await server.StartAgainAsync();
        await Eventually.TrueAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return !(await node.Rates.ReadAsync([Ask(4)], Cancel)).IsLocal;
        });
        node.Rates.IsLocal.ShouldBeFalse();
        told.ShouldBe([true, false], "once for the outage");
    }

    private RateAsk Ask(int permits, RateAlgorithm algorithm = RateAlgorithm.SlidingWindow, string name = "test") =>
        new(StateNode.Tenant, name, _subject, new Rate(permits, s_window, algorithm));
}
