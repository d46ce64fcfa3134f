using System.Net;
using Authdog.Identity.Admission;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Admission;

/// <summary>Who is let in, in which order, and how long a place and a right to go in are good for.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I14")]
public sealed class AdmissionGateTests(PagesHost host) : IAsyncLifetime
{
    private static int s_network;
    private readonly AdmissionPace _pace = new(host.Time);
    private Workload _load = new(PerSecond: 4, IsHalfFull: true);

    private WaitingLineStore Store => host.Services.GetRequiredService<WaitingLineStore>();

    private Tickets Tickets => host.Services.GetRequiredService<Tickets>();

    public async ValueTask InitializeAsync()
    {
        _pace.Workload = () => _load;
        await ForgetLineAsync();
    }

    public async ValueTask DisposeAsync() => await ForgetLineAsync();

    [Fact]
    public async Task PageShowsTheLineFirst_ButToWhoWasLetIn()
    {
        var gate = Gate();
        gate.MustWait(Context()).ShouldBeFalse("nobody waits");
        var (ticket, _) = await JoinAsync(gate, Context());

        gate.MustWait(Context()).ShouldBeTrue();
        gate.MustWait(WithRight(ticket.Number)).ShouldBeFalse();
        host.Time.Advance(TimeSpan.FromSeconds(31));
        gate.MustWait(Context()).ShouldBeFalse("after so long without a word nobody waits");
    }

    [Fact]
    public async Task WhoeverComesBackKeepsThePlace_AndWhoeverWasLetInDrawsANewOne()
    {
        var (gate, client) = (Gate(), Context());
        var (ticket, _) = await JoinAsync(gate, client);
        await JoinAsync(gate, Context());
        Hold(client, ticket);
        (await JoinAsync(gate, client)).Line.ShouldBe(new Line(ticket.Number, 1, 0, IsOpen: true));

        _load = _load with { IsHalfFull = false };
        (await gate.AskAsync(ticket.Number, CancellationToken.None)).Position.ShouldBe(0);
        _load = _load with { IsHalfFull = true };
        (await JoinAsync(gate, client)).Ticket.Number.ShouldNotBe(ticket.Number);
    }

    [Fact]
    public async Task RightIsGoodForThreeRequests_HoweverManyPasswordsEachHashes()
    {
        var gate = Gate();
        var first = WithRight(4711);
        for (var i = 0; i < 5; i++)
        {
            (await gate.RedeemAsync(first, CancellationToken.None)).ShouldBeTrue();
        }

        (await gate.RedeemAsync(WithRight(4711), CancellationToken.None)).ShouldBeTrue();
        (await gate.RedeemAsync(WithRight(4711), CancellationToken.None)).ShouldBeTrue();
        (await gate.RedeemAsync(WithRight(4711), CancellationToken.None)).ShouldBeFalse();
        (await gate.RedeemAsync(WithRight(4712), CancellationToken.None)).ShouldBeTrue();
        (await gate.RedeemAsync(Context(), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task PlacesThatNobodyTook_AreThereForTheNext()
    {
        var (ticket, _) = await JoinAsync(Gate(), Context());
        _load = _load with { IsHalfFull = false };

        (await Gate().AskAsync(ticket.Number, CancellationToken.None)).LetIn.ShouldBe(1);
        _pace.Take().ShouldBe(7);
    }

    [Fact]
    public void EstimateIsWhatThePaceTakes()
    {
        Gate().Estimate(10).ShouldBe(TimeSpan.FromSeconds(3));
        _load = _load with { PerSecond = 0.001 };
        Gate().Estimate(10).ShouldBe(TimeSpan.FromSeconds(100), "no estimate of hours, whatever stands still just now");
    }

    [Fact]
    public void TicketAndRight_AreOverInTime()
    {
        var (expired, client) = (Expired(), Context());
        Hold(client, new Ticket(1, "/"), expired);
        expired.Admit(client, new Ticket(1, "/"));
        Return(client);

        Tickets.Find(client).ShouldBeNull();
        Tickets.FindAdmitted(client).ShouldBeNull();
    }

    [Fact]
    public void TicketIsGivenUpForTheRight()
    {
        var client = Context();
        Tickets.Admit(client, new Ticket(1, "/"));
        client.Response.Headers.SetCookie.Count.ShouldBe(2);
        client.Response.Headers.SetCookie[1].ShouldNotBeNull().ShouldStartWith("authdog-ticket=; max-age=0");
    }

    [Fact]
    public async Task LineLetsInByNumber_NotByWhoAsksFirst_AndOnce()
    {
        var (first, second) = ((await Store.DrawAsync(0, CancellationToken.None)).Number, (await Store.DrawAsync(0, CancellationToken.None)).Number);
        second.ShouldBeGreaterThan(first);
        first.ShouldBeGreaterThanOrEqualTo(host.Time.GetUtcNow().ToUnixTimeMilliseconds());
        (await AskAsync(second)).ShouldBe(new Line(second, 1, 0, IsOpen: true));
        (await AskAsync(first)).ShouldBe(new Line(first, 1, 0, IsOpen: true));

        (await AskAsync(second, letIn: 1)).ShouldBe(new Line(second, 1, 1, IsOpen: true));
        (await AskAsync(first)).ShouldBe(new Line(first, 0, 0, IsOpen: true));
        (await AskAsync(first)).ShouldBe(new Line(first, 0, 0, IsOpen: true), "asked again before it came");
        (await AskAsync(second, letIn: 1)).ShouldBe(new Line(second, 0, 1, IsOpen: false));

        host.Time.Advance(TimeSpan.FromMinutes(5));
        (await AskAsync(first)).Number.ShouldBeGreaterThan(second, "who does not come for it draws anew");
    }

    [Fact]
    public async Task NumbersThatAreDrawnAndLeft_AreGoneAfterAWhile()
    {
        await Store.DrawAsync(0, CancellationToken.None);
        (await Store.DrawAsync(0, CancellationToken.None)).ShouldSatisfyAllConditions(line => line.Position.ShouldBe(2), line => line.IsOpen.ShouldBeTrue("there is no room"));
        (await Store.DrawAsync(1, CancellationToken.None)).IsOpen.ShouldBeFalse("there is room, and nobody asks for it");
        host.Time.Advance(WaitingLineStore.Patience);

        var late = await Store.DrawAsync(0, CancellationToken.None);
        late.Position.ShouldBe(1);
        (await AskAsync(late.Number)).Position.ShouldBe(1);
        host.Time.Advance(WaitingLineStore.Patience);
        (await Store.DrawAsync(0, CancellationToken.None)).Position.ShouldBe(1, "whoever asked and fell silent");
        await foreach (var (_, lifetime) in KeysAsync())
        {
            lifetime.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
        }
    }

    private static DefaultHttpContext Context()
    {
        var number = Interlocked.Increment(ref s_network);
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse($"10.79.{number / 250}.{number % 250}");
        return context;
    }

    // What was set comes back, as from a browser.
    private static void Return(HttpContext context)
    {
        context.Request.Headers.Cookie = string.Join("; ", context.Response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]).Where(cookie => !cookie.EndsWith('=')));
        context.Response.Headers.Remove("Set-Cookie");
    }

    private static async Task<(Ticket Ticket, Line Line)> JoinAsync(AdmissionGate gate, HttpContext context) => (await gate.JoinAsync(context, "/", CancellationToken.None)).ShouldNotBeNull();

    private void Hold(HttpContext context, Ticket ticket, Tickets? by = null)
    {
        by ??= Tickets;
        by.Hand(context, by.Seal(ticket));
        if (by == Tickets)
        {
            Return(context);
        }
    }

    private DefaultHttpContext WithRight(long number)
    {
        var context = Context();
        Tickets.Admit(context, new Ticket(number, "/"));
        Return(context);
        return context;
    }

    private Tickets Expired() => new(
        host.Services.GetRequiredService<IDataProtectionProvider>(),
        Options.Create(new AdmissionOptions { TicketLifetime = TimeSpan.FromSeconds(-1), AdmittedFor = TimeSpan.FromSeconds(-1) }),
        host.Services.GetRequiredService<IOptions<PublicUrlOptions>>());

    private Task<Line> AskAsync(long number, int letIn = 0) => Store.AskAsync(number, letIn, CancellationToken.None);

    private AdmissionGate Gate() => new(Store, Tickets, _pace, host.Services.GetRequiredService<RateLimits>(), Options.Create(new AdmissionOptions()), host.Time);

    private async IAsyncEnumerable<(string Key, TimeSpan? Lifetime)> KeysAsync()
    {
        var redis = await host.Services.GetRequiredService<RedisConnection>().StartAsync(CancellationToken.None);
        await foreach (var key in redis.GetServers()[0].KeysAsync(pattern: "authdog:*:admission:*"))
        {
            yield return (key.ToString(), await redis.GetDatabase().KeyTimeToLiveAsync(key));
        }
    }

    private async Task ForgetLineAsync()
    {
        var redis = await host.Services.GetRequiredService<RedisConnection>().StartAsync(CancellationToken.None);
        await foreach (var (key, _) in KeysAsync())
        {
            await redis.GetDatabase().KeyDeleteAsync(key);
        }
    }
}
