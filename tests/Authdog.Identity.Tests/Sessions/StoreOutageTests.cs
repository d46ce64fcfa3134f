using System.Diagnostics;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Redis;
using Authdog.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Sessions;

public sealed class StoreOutageTests
{
    [Fact, Trait("Threat", "B6")]
    public async Task SessionIsUnknownAndThenKnownAgain_WhenTheStoreGoesAndComesBack()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var redis = await RedisServer.StartAsync();
        await using var node = await StateNode.StartAsync(redis.ConnectionString, clock);
        var (known, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        var (unseen, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        await node.Sessions.FindAsync(known.Value, default);

        redis.Kill();

        // The copy serves for its five seconds; what has none is unknown at once, and within the time limit.
        clock.Advance(TimeSpan.FromSeconds(4));
        var asked = Stopwatch.StartNew();
        (await node.Sessions.FindAsync(known.Value, default)).ShouldBeOfType<SessionLookup.Found>();
        (await node.Sessions.FindAsync(unseen.Value, default)).ShouldBeOfType<SessionLookup.StoreUnavailable>();
        await Should.ThrowAsync<StoreUnavailableException>(() => node.Sessions.RevokeAsync(known.Id, default));
        clock.Advance(TimeSpan.FromSeconds(1));
        (await node.Sessions.FindAsync(known.Value, default)).ShouldBeOfType<SessionLookup.StoreUnavailable>();
        asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));

        await redis.StartAgainAsync();

        await Eventually.TrueAsync(async () => await node.Sessions.FindAsync(unseen.Value, default) is SessionLookup.Found);
        (await node.Sessions.FindAsync(known.Value, default)).ShouldBeOfType<SessionLookup.Found>();
    }

    [Fact, Trait("Threat", "B11")]
    public async Task RevocationDuringALostConnectionIsSeen_WhenTheConnectionIsBack()
    {
        // The clock stands still: only the restored connection can make the copy doubtful.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var redis = await RedisServer.StartAsync();
        await using var node = await StateNode.StartAsync(redis.ConnectionString, clock);
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        (await node.Sessions.FindAsync(token.Value, default)).ShouldBeOfType<SessionLookup.Found>();

        redis.Kill();
        await redis.StartAgainAsync();
        await using (var other = await StateNode.StartAsync(redis.ConnectionString))
        {
            await other.Connection.RunAsync(db => db.KeyDeleteAsync("authdog:session:" + token.Id.Value), default);
        }

        await Eventually.TrueAsync(async () => await node.Sessions.FindAsync(token.Value, default) is SessionLookup.Absent);
    }

    [Fact]
    public async Task AnswerIsQuick_WhenTheStoreWasNeverThere()
    {
        var asked = Stopwatch.StartNew();
        await using var node = await StateNode.StartAsync("!" + Path.Combine(Path.GetTempPath(), "authdog-nobody.sock"));

        (await node.Sessions.FindAsync(SessionToken.New().Value, default)).ShouldBeOfType<SessionLookup.StoreUnavailable>();
        asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task AnswerComesInTime_WhenTheStoreHangs()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await StateNode.StartAsync(redis.ConnectionString);
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        await redis.HangAsync();

        var asked = Stopwatch.StartNew();
        (await node.Sessions.FindAsync(token.Value, default)).ShouldBeOfType<SessionLookup.StoreUnavailable>();

        asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task OneFindsOutForAll_WhenTheStoreHangs_AndAllAskAgain_WhenItAnswers()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var node = await StateNode.StartAsync(redis.ConnectionString, null, ("Redis:OperationTimeout", "00:00:00.500"));
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        await redis.HangAsync();

        // Asked, not timed: how many of a sign-in's thirty operations reach the store at all, one after the other.
        var asked = 0;
        for (var i = 0; i < 30; i++)
        {
            await Should.ThrowAsync<StoreUnavailableException>(() => node.Connection.RunAsync(
                database =>
                {
                    asked++;
                    return database.PingAsync();
                },
                default));
        }

        asked.ShouldBeInRange(StoreSilence.Unanswered, StoreSilence.Unanswered + 1);
        await redis.GoOnAsync();

        await Eventually.TrueAsync(async () => await node.Sessions.FindAsync(token.Value, default) is SessionLookup.Found);
    }
}
