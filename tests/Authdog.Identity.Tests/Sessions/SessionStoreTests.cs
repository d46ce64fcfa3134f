using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Redis;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Sessions;

public sealed class SessionStoreTests
{
    public static TheoryData<string> Engines => StoreEngine.All;

    [Theory, MemberData(nameof(Engines))]
    public async Task SessionIsFoundAsIssued_WhenItsCookieComesBack(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        await using var other = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var user = StateNode.NewUser();

        var (token, issued) = await node.Sessions.IssueAsync(StateNode.Ada(user, "finance", "staff"), null, default);

        var found = await FindAsync(other, token);
        found.ShouldNotBeNull();
        found.Id.ShouldBe(token.Id);
        (found with { Roles = issued.Roles, Amr = issued.Amr, Factors = issued.Factors, Groups = issued.Groups, Permissions = issued.Permissions, Claims = issued.Claims }).ShouldBe(issued);
        found.Factors.ShouldHaveSingleItem().Method.ShouldBe("password");
        found.Roles.ShouldBe(["finance", "staff"]);
        found.Amr.ShouldBe(["pwd"]);
        found.User.ShouldBe(user);
        (await FindAsync(other, token)).ShouldBeSameAs(found);
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "I12")]
    public async Task RevocationIsSeenEverywhereWithinASecond_WhenAnotherNodeRevokes(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        await using var other = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        (await FindAsync(other, token)).ShouldNotBeNull();

        (await node.Sessions.RevokeAsync(token.Id, default)).ShouldBeTrue();

        (await FindAsync(node, token)).ShouldBeNull();
        await Eventually.TrueAsync(async () => await FindAsync(other, token) is null, TimeSpan.FromSeconds(1));
        (await node.Sessions.RevokeAsync(token.Id, default)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "B11")]
    public async Task StaleCopyEndsAfterFiveSeconds_WhenTheInvalidationIsLost(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock);
        var (token, session) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        (await FindAsync(node, token)).ShouldNotBeNull();

        // Deleted behind the store's back: no message is published.
        (await node.Connection.RunAsync(db => db.KeyDeleteAsync("authdog:session:" + session.Id.Value), default)).ShouldBeTrue();

        clock.Advance(TimeSpan.FromSeconds(4.9));
        (await FindAsync(node, token)).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        (await FindAsync(node, token)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "B15")]
    public async Task OldSessionIsOver_WhenANewOneReplacesIt(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var user = StateNode.NewUser();
        var (old, _) = await node.Sessions.IssueAsync(StateNode.Ada(user), null, default);
        (await FindAsync(node, old)).ShouldNotBeNull();

        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(user), old.Id, default);
        var (foreign, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), token.Id, default);

        (await FindAsync(node, old)).ShouldBeNull();
        (await FindAsync(node, token)).ShouldBeNull();
        (await FindAsync(node, foreign)).ShouldNotBeNull();
        (await node.Sessions.ListAsync(StateNode.Tenant, user, default)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task SessionIsOver_WhenItIsIdleTooLong(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock);
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);

        clock.Advance(TimeSpan.FromMinutes(59));
        (await FindAsync(node, token)).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromMinutes(59));
        (await FindAsync(node, token)).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromMinutes(60));
        (await FindAsync(node, token)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task SessionIsOver_WhenItsAbsoluteLifeIsDespiteUse(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock);
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);

        for (var i = 0; i < 47; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            (await FindAsync(node, token)).ShouldNotBeNull();
        }

        clock.Advance(TimeSpan.FromMinutes(30));
        (await FindAsync(node, token)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task UseIsWrittenOncePerTenthOfTheIdleTime_WhenASessionIsUsedOften(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock);
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        var written = new HashSet<string>();
        for (var second = 0; second < 1800; second += 10)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAll(FindAsync(node, token), FindAsync(node, token));
            written.Add((await node.Connection.RunAsync(db => db.HashGetAsync("authdog:session:" + token.Id.Value, "s"), default)).ToString());
        }

        // 30 minutes are five tenths of an hour; the first value is the sign-in's.
        written.Count.ShouldBe(6);
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "I12")]
    public async Task TouchDoesNotRevive_WhenTheSessionWasRevokedMeanwhile(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock);
        var records = new SessionRecords(node.Connection);
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        await node.Sessions.RevokeAsync(token.Id, default);

        (await records.TouchAsync(token.Id, 1, TimeSpan.FromHours(1), default)).ShouldBeFalse();
        (await node.Connection.RunAsync(db => db.KeyExistsAsync("authdog:session:" + token.Id.Value), default)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "B11")]
    public async Task ProfileIsNewWithANewVersion_WhenTheDirectoryChanged(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        await using var other = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var user = StateNode.NewUser();
        var (token, before) = await node.Sessions.IssueAsync(StateNode.Ada(user), null, default);
        (await FindAsync(other, token)).ShouldNotBeNull();

        (await node.Sessions.UpdateProfileAsync(StateNode.Tenant, user, StateNode.Profile("admin"), default)).ShouldBe(1);

        (await FindAsync(node, token))!.Version.ShouldBe(before.Version + 1);
        await Eventually.TrueAsync(async () => (await FindAsync(other, token))!.Roles.SequenceEqual(["admin"]), TimeSpan.FromSeconds(1));

        // A sign-in that had read the roles before the change gets the new ones too.
        var (_, late) = await node.Sessions.IssueAsync(StateNode.Ada(user), null, default);
        late.Roles.ShouldBe(["admin"]);
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "I10")]
    public async Task AllButOneEnd_WhenTheUserSignsOutElsewhere(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var user = StateNode.NewUser();
        var tokens = new List<SessionToken>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add((await node.Sessions.IssueAsync(StateNode.Ada(user), null, default)).Token);
        }

        (await node.Sessions.ListAsync(TenantId.Parse("other"), user, default)).ShouldBeEmpty();
        (await node.Sessions.RevokeAllAsync(TenantId.Parse("other"), user, null, default)).ShouldBe(0);
        (await node.Sessions.RevokeAllAsync(StateNode.Tenant, user, tokens[2].Id, default)).ShouldBe(3);

        (await node.Sessions.ListAsync(StateNode.Tenant, user, default)).ShouldHaveSingleItem().Id.ShouldBe(tokens[2].Id);
        (await FindAsync(node, tokens[2])).ShouldNotBeNull();
        (await FindAsync(node, tokens[0])).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task OldestEnds_WhenAUserHasTooMany(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock, ("Sessions:MaximumPerUser", "2"));
        var user = StateNode.NewUser();
        var tokens = new List<SessionToken>();
        for (var i = 0; i < 3; i++)
        {
            tokens.Add((await node.Sessions.IssueAsync(StateNode.Ada(user), null, default)).Token);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await node.Sessions.ListAsync(StateNode.Tenant, user, default)).Select(s => s.Id).ShouldBe([tokens[2].Id, tokens[1].Id]);
        (await FindAsync(node, tokens[0])).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task NothingIsReadOfSessionsThatEndedByThemselves_WhenAUserHadMany(string engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), clock, ("Sessions:MaximumPerUser", "2"), ("Sessions:IdleTimeout", "00:10:00"));
        var user = StateNode.NewUser();
        await node.Sessions.IssueAsync(StateNode.Ada(user), null, default);
        await node.Sessions.IssueAsync(StateNode.Ada(user), null, default);
        clock.Advance(TimeSpan.FromMinutes(11));

        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(user), null, default);

        // Whatever the index still names is ended and counted here.
        (await FindAsync(node, token)).ShouldNotBeNull();
        (await node.Sessions.RevokeAllAsync(StateNode.Tenant, user, null, default)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "B14")]
    public async Task EachCookieFindsItsOwnUser_WhenManyAskAtOnce(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine), null, ("Sessions:SnapshotCapacity", "16"));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default)));

        var asked = await Task.WhenAll(Enumerable.Range(0, 4000).Select(async i =>
        {
            var (token, session) = sessions[i % sessions.Length];
            var found = await Task.Run(() => FindAsync(node, token));
            return found?.User == session.User;
        }));

        asked.ShouldAllBe(right => right);
    }

    private static async Task<Session?> FindAsync(StateNode node, SessionToken token) =>
        (await node.Sessions.FindAsync(token.Value, default)) switch
        {
            SessionLookup.Found found => found.Session,
            SessionLookup.Absent => null,
            var other => throw new InvalidOperationException(other.ToString()),
        };
}
