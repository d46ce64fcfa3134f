using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Authdog.Identity.Admission;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Admission;

/// <summary>When more people sign in than passwords can be hashed, they wait in line, get their turn in order, and nobody goes before them but who has a session or a passkey (I14).</summary>
[Trait("Threat", "I14")]
public sealed class WaitingLineTests : IAsyncLifetime
{
    private readonly PagesHost _host = new PagesHost().With("Passwords:HashingThreads", "1").With("Passwords:QueueLength", "2").With("Passwords:Admission:TicketsPerNetwork", "8");
    private readonly ManualResetEventSlim _gate = new();
    private readonly List<Task> _storm = [];

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _gate.Set();
        await Task.WhenAll(_storm);
        await _host.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task PeopleWaitInLine_AndGetTheirTurnInOrder()
    {
        using var first = _host.NewBrowser();
        using var second = _host.NewBrowser();
        var ada = await Person.New().SignUpAsync(_host, first);
        first.Forget("authdog");
        Storm();

        var told = await ada.SignInAsync(first);
        told.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        told.Headers["Refresh"].ShouldEndWith("; url=" + WaitingRoom.Path);
        told.Text.ShouldContain("Your place: 1.");
        told.Text.ShouldContain(PagePaths.Login);

        // From here on nobody types a password for nothing: the line comes before the page that asks for it.
        (await IdentifyAsync(second)).Text.ShouldContain("Your place: 2.");
        (await first.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 1.");
        (await second.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 2.");

        // A passkey does not wait: the other ways are one click away.
        (await first.GetAsync(PagePaths.Login)).Html.ShouldContain("name=\"email\"");

        _gate.Set();
        await Task.WhenAll(_storm);
        _host.Time.Advance(TimeSpan.FromMilliseconds(50));
        var letIn = await AdmitAsync(first);
        letIn.Location.ShouldNotBeNull().ShouldStartWith(PagePaths.Login + "?flow=");
        var form = await first.FollowAsync(letIn);
        (await first.SubmitAsync(form, ("password", ada.Password))).Status.ShouldBe(HttpStatusCode.SeeOther);
        first.Cookie("authdog").ShouldNotBeNullOrEmpty();
        (await AdmitAsync(second)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task NobodyGoesBeforeThoseWhoWait_ButWhoHasASession()
    {
        using var owner = _host.NewBrowser();
        var ada = await Person.New().SignUpAsync(_host, owner);
        (await ada.SignInAsync(owner)).Status.ShouldBe(HttpStatusCode.SeeOther);
        using var waiting = _host.NewBrowser();
        Storm();
        (await Person.New().SignInAsync(waiting)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _gate.Set();
        await Task.WhenAll(_storm);

        // There is room now, and still somebody waits.
        var hashing = _host.Services.GetRequiredService<PasswordHashing>();
        _host.Services.GetRequiredService<AdmissionGate>().IsLineOpen.ShouldBeTrue();
        using var jumper = _host.NewBrowser();
        var page = await jumper.GetAsync(PagePaths.SignUp);
        var person = Person.New();
        var answer = await jumper.SubmitAsync(page, ("email", person.Email), ("name", "Eve"), ("password", person.Password));
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Text.ShouldContain("Your place: 2.");

        // The page that changes the password belongs to a session: it is judged at once.
        var account = await owner.GetAsync("/.authdog/account/password");
        var changed = await owner.SubmitAsync(account, ("password", ada.Password), ("new-password", "quite another long phrase"));
        changed.Status.ShouldBe(HttpStatusCode.SeeOther, changed.Text);
        (await hashing.HashAsync("by a command, without a request", CancellationToken.None)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task NumbersThatAreDrawnAndLeft_HoldNobodyUp()
    {
        Storm();
        for (var i = 0; i < 5; i++)
        {
            using var passing = _host.NewBrowser();
            (i == 0 ? await Person.New().SignInAsync(passing) : await IdentifyAsync(passing)).Text.ShouldContain($"Your place: {i + 1}.");
        }

        using var waiting = _host.NewBrowser();
        (await IdentifyAsync(waiting)).Text.ShouldContain("Your place: 6.");
        (await waiting.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 1.");
        _gate.Set();
        await Task.WhenAll(_storm);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        (await waiting.GetAsync(WaitingRoom.Path)).Status.ShouldBe(HttpStatusCode.SeeOther);

        // The line is over, whatever was drawn; and an old ticket opens none.
        var gate = _host.Services.GetRequiredService<AdmissionGate>();
        gate.IsLineOpen.ShouldBeFalse();
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        await gate.AskAsync(_host.Time.GetUtcNow().ToUnixTimeMilliseconds() + 4711, CancellationToken.None);
        gate.IsLineOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task WhoeverFallsSilent_LosesThePlace()
    {
        Storm();
        using var silent = _host.NewBrowser();
        using var other = _host.NewBrowser();
        (await Person.New().SignInAsync(silent)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await silent.GetAsync(WaitingRoom.Path);
        await IdentifyAsync(other);
        (await other.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 2.");

        _host.Time.Advance(WaitingLineStore.Patience - TimeSpan.FromSeconds(1));
        (await other.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 2.");
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        (await other.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 1.");
        (await silent.GetAsync(WaitingRoom.Path)).Text.ShouldContain("Your place: 2.");
    }

    [Fact]
    public async Task BrowserInWhichItsOwnerHasSignedInBefore_DoesNotWait()
    {
        using var own = _host.NewBrowser();
        using var stranger = _host.NewBrowser();
        var ada = await Person.New().SignUpAsync(_host, own);
        (await ada.SignInAsync(own)).Status.ShouldBe(HttpStatusCode.SeeOther);
        own.Forget("authdog");
        Storm();
        (await Person.New().SignInAsync(stranger)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _gate.Set();
        await Task.WhenAll(_storm);

        _host.Services.GetRequiredService<AdmissionGate>().IsLineOpen.ShouldBeTrue();
        (await ada.SignInAsync(own)).Status.ShouldBe(HttpStatusCode.SeeOther);
        own.Cookie("authdog").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task PagesOfStrangersTakeTurns_AndWhoeverHasASessionDoesNotWaitForThem()
    {
        using var owner = _host.NewBrowser();
        await (await Person.New().SignUpAsync(_host, owner)).SignInAsync(owner);
        var session = await _host.SessionAsync(owner);
        var slots = _host.Services.GetRequiredService<PageSlots>();
        var taken = new List<PageSlot>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.Add((await slots.EnterAsync(CancellationToken.None)).ShouldNotBeNull());
        }

        var stranger = InvokeAsync(new DefaultHttpContext());
        stranger.IsCompleted.ShouldBeFalse();
        DefaultHttpContext context = new();
        context.Features.Set(new SessionFeature(new SessionLookup.Found(session)));
        InvokeAsync(context).IsCompletedSuccessfully.ShouldBeTrue();

        taken.ForEach(static slot => slot.Dispose());
        await stranger;
    }

    [Fact]
    public async Task ProgramGetsItsPlaceAsJson_AndARightThatIsGoodForAFewTries()
    {
        using var holder = _host.NewBrowser();
        Storm();
        (await Person.New().SignInAsync(holder)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var program = _host.NewBrowser();
        program.Client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var page = await IdentifyAsync(program);
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var told = JsonDocument.Parse(page.Text).RootElement;
        told.GetProperty("admitted").GetBoolean().ShouldBeFalse();
        told.GetProperty("position").GetInt64().ShouldBe(2);
        var ticket = told.GetProperty("ticket").GetString();

        _gate.Set();
        await Task.WhenAll(_storm);
        JsonElement answer = default;
        for (var i = 0; i < 5 && !(answer.ValueKind is JsonValueKind.Object && answer.GetProperty("admitted").GetBoolean()); i++)
        {
            _host.Time.Advance(TimeSpan.FromSeconds(2));
            using var again = await program.Client.GetAsync($"{WaitingRoom.Path}?ticket={Uri.EscapeDataString(ticket!)}", TestContext.Current.CancellationToken);
            answer = await again.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        }

        answer.GetProperty("admitted").GetBoolean().ShouldBeTrue();
        var right = program.Cookie("authdog-admitted").ShouldNotBeNull();

        // Good for three tries, and for nobody who makes one up.
        var gate = _host.Services.GetRequiredService<AdmissionGate>();
        for (var i = 0; i < 4; i++)
        {
            (await gate.RedeemAsync(With(right), CancellationToken.None)).ShouldBe(i < 3);
        }

        (await gate.RedeemAsync(With(right[..^4] + "AAAA"), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task TicketThatSomebodyMadeUpIsNone_AndOneNetworkDrawsOnlySoMany()
    {
        Storm();
        using var forger = _host.NewBrowser();
        (await forger.GetAsync(WaitingRoom.Path + "?ticket=CfDJ8" + new string('A', 120))).Location.ShouldBe(PagePaths.Login);
        HttpStatusCode status = default;
        for (var i = 0; i < 10 && status != HttpStatusCode.TooManyRequests; i++)
        {
            using var greedy = _host.NewBrowser();
            status = (i == 0 ? await Person.New().SignInAsync(greedy) : await IdentifyAsync(greedy)).Status;
        }

        status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private async Task InvokeAsync(DefaultHttpContext context)
    {
        context.RequestServices = _host.Services;
        await new PageSlotFilter(_host.Services.GetRequiredService<ErrorPages>()).InvokeAsync(EndpointFilterInvocationContext.Create(context), static _ => ValueTask.FromResult<object?>(null));
    }

    private static DefaultHttpContext With(string right)
    {
        DefaultHttpContext context = new();
        context.Request.Headers.Cookie = "authdog-admitted=" + right;
        return context;
    }

    // Up to the page that would ask for the password.
    private static async Task<ReceivedPage> IdentifyAsync(Browser browser)
    {
        var page = await browser.GetAsync(PagePaths.Login);
        return await browser.FollowAsync(await browser.SubmitAsync(page, ("email", Person.New().Email)));
    }

    // The one thread and every place of the queue are taken, by many clients.
    private void Storm()
    {
        var queue = _host.Services.GetRequiredService<HashingQueue>();
        using var begun = new ManualResetEventSlim();
        _storm.Add(queue.RunAsync("storm", first: false, () => { begun.Set(); _gate.Wait(); return 0; }, CancellationToken.None));
        begun.Wait(TestContext.Current.CancellationToken);
        _storm.AddRange(Enumerable.Range(0, 2).Select(i => queue.RunAsync($"client {i}", first: false, () => 0, CancellationToken.None)));
    }

    private async Task<ReceivedPage> AdmitAsync(Browser browser)
    {
        for (var i = 0; i < 10; i++)
        {
            var page = await browser.GetAsync(WaitingRoom.Path);
            if (page.Status is not HttpStatusCode.ServiceUnavailable)
            {
                return page;
            }

            _host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException("Nobody was let in.");
    }
}
