using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;

namespace Authdog.Identity.Tests.Redis;

public sealed class StateStoresTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TenantId s_other = TenantId.Parse("other");

    public static TheoryData<string> Engines => StoreEngine.All;

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "I5")]
    public async Task TokenIsTakenOnce_WhenManyTakeItAtOnce(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var secret = await node.Tokens.IssueAsync(StateNode.Tenant, "verify", new Payload("x"), s_minute, CancellationToken.None);

        (await node.Tokens.PeekAsync<Payload>(StateNode.Tenant, "verify", secret, CancellationToken.None)).ShouldBe(new Payload("x"));
        (await node.Tokens.PeekAsync<Payload>(s_other, "verify", secret, CancellationToken.None)).ShouldBeNull();
        (await node.Tokens.PeekAsync<Payload>(StateNode.Tenant, "recover", secret, CancellationToken.None)).ShouldBeNull();
        (await node.Tokens.TakeAsync<Payload>(StateNode.Tenant, "verify", secret + "A", CancellationToken.None)).ShouldBeNull();

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.Tokens.TakeAsync<Payload>(StateNode.Tenant, "verify", secret, CancellationToken.None)));

        taken.Count(t => t is not null).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task TokenIsGone_WhenItsLifeIsOver(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var secret = await node.Tokens.IssueAsync(StateNode.Tenant, "verify", new Payload("x"), TimeSpan.FromMilliseconds(50), CancellationToken.None);

        await Eventually.TrueAsync(async () => await node.Tokens.PeekAsync<Payload>(StateNode.Tenant, "verify", secret, CancellationToken.None) is null);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task CounterCountsEachCall_WhenManyCallAtOnce(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var subject = Guid.NewGuid().ToString();

        var counts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => node.Counters.IncrementAsync(StateNode.Tenant, "tries", subject, s_minute, CancellationToken.None)));

        counts.Order().ShouldBe(Enumerable.Range(1, 50).Select(i => (long)i));
        (await node.Counters.ReadAsync(StateNode.Tenant, "tries", subject, CancellationToken.None)).ShouldBe(50);
        (await node.Counters.ReadAsync(s_other, "tries", subject, CancellationToken.None)).ShouldBe(0);
        await node.Counters.ResetAsync(StateNode.Tenant, "tries", subject, CancellationToken.None);
        (await node.Counters.ReadAsync(StateNode.Tenant, "tries", subject, CancellationToken.None)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task CounterStartsAnew_WhenItsWindowIsOver(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var subject = Guid.NewGuid().ToString();
        await node.Counters.IncrementAsync(StateNode.Tenant, "tries", subject, TimeSpan.FromMilliseconds(50), CancellationToken.None);

        await Eventually.TrueAsync(async () => await node.Counters.ReadAsync(StateNode.Tenant, "tries", subject, CancellationToken.None) == 0);
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "B14")]
    public async Task OneUpdateWins_WhenManyUpdateTheSameVersion(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var id = Guid.NewGuid().ToString();
        await node.Records.CreateAsync(StateNode.Tenant, "login", id, new Payload("0"), s_minute, CancellationToken.None);

        var won = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => node.Records.TryUpdateAsync(StateNode.Tenant, "login", id, new Payload($"{i}"), 1, CancellationToken.None)));

        won.Count(w => w).ShouldBe(1);
        var found = await node.Records.FindAsync<Payload>(StateNode.Tenant, "login", id, CancellationToken.None);
        found!.Value.Version.ShouldBe(2);
        found.Value.Record.ShouldBe(new Payload($"{Array.IndexOf(won, true) + 1}"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task RecordStaysGone_WhenItWasTaken(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var id = Guid.NewGuid().ToString();
        await node.Records.CreateAsync(StateNode.Tenant, "login", id, new Payload("0"), s_minute, CancellationToken.None);
        await Should.ThrowAsync<InvalidOperationException>(() => node.Records.CreateAsync(StateNode.Tenant, "login", id, new Payload("1"), s_minute, CancellationToken.None));

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => node.Records.TakeAsync<Payload>(StateNode.Tenant, "login", id, CancellationToken.None)));

        taken.Count(t => t is not null).ShouldBe(1);
        (await node.Records.TryUpdateAsync(StateNode.Tenant, "login", id, new Payload("2"), 1, CancellationToken.None)).ShouldBeFalse();
        (await node.Records.FindAsync<Payload>(StateNode.Tenant, "login", id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact, Trait("Threat", "B18")]
    public async Task RecordIsRefused_WhenItIsTooLarge()
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync("redis"));

        await Should.ThrowAsync<ArgumentException>(() =>
            node.Records.CreateAsync(StateNode.Tenant, "login", "large", new Payload(new string('x', StoredJson.MaxLength)), s_minute, CancellationToken.None));
    }

    [Fact, Trait("Threat", "B10")]
    public void KeysDiffer_WhenTheirPartsDo() =>
        new[]
        {
            RedisKeys.For(TenantId.Parse("a"), "token", "x", "y"),
            RedisKeys.For(TenantId.Parse("a"), "token", "x", "y:"),
            RedisKeys.For(TenantId.Parse("a"), "record", "x", "y"),
            RedisKeys.For(TenantId.Parse("b"), "token", "x", "y"),
            RedisKeys.For(TenantId.Parse("a"), "token", "xy", string.Empty),
        }.ShouldBeUnique();

    private sealed record Payload(string Text);
}
