using System.Net;
using Authdog.Identity.Attacks;
using Authdog.Identity.Bots;
using Authdog.Identity.Challenges;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>What is asked of whom, and what counts as having done it.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I2")]
public sealed class ChallengeGateTests(PagesHost host)
{
    private static int s_network;
    private readonly ChallengeOptions _options = new() { ScoreForRefusal = 99 };
    private readonly SignalOptions _signals = new();
    private int _score;

    [Theory]
    [InlineData(0, ChallengeLevel.None, 0)]
    [InlineData(89, ChallengeLevel.None, 0)]
    [InlineData(90, ChallengeLevel.Work, 17)]
    [InlineData(94, ChallengeLevel.Work, 17)]
    [InlineData(95, ChallengeLevel.Work, 18)]
    [InlineData(96, ChallengeLevel.Work, 18)]
    [InlineData(97, ChallengeLevel.External, 20)]
    public async Task AsksForMore_TheLikelierAProgramIs(int score, ChallengeLevel level, int bits)
    {
        _score = score;
        (await DemandAsync(Context())).ShouldBe(new ChallengeDemand(level, bits));
    }

    [Fact]
    public async Task AsksForNothing_WhenItIsSwitchedOff()
    {
        (_score, _options.Enabled) = (100, false);
        (await DemandAsync(Context())).ShouldBe(ChallengeDemand.None);
    }

    [Fact]
    public async Task AlwaysAsks_WhereTheOperatorSaysSo_AndOnlyThere()
    {
        _options.Always.Add("login");
        (await DemandAsync(Context())).Level.ShouldBe(ChallengeLevel.Work);
        (await DemandAsync(Context(), "recovery")).Level.ShouldBe(ChallengeLevel.None);
    }

    [Fact]
    public async Task PassCountsForItsLevelAndBelow_AndNeverAgainstARefusal()
    {
        var (worked, verified) = (Context(), Context());
        Pass(worked, ChallengeLevel.Work);
        Pass(verified, ChallengeLevel.External);

        _score = 90;
        (await DemandAsync(worked)).Level.ShouldBe(ChallengeLevel.None);
        (await DemandAsync(verified)).Level.ShouldBe(ChallengeLevel.None);
        _score = 97;
        (await DemandAsync(worked)).Level.ShouldBe(ChallengeLevel.External);
        (await DemandAsync(verified)).Level.ShouldBe(ChallengeLevel.None);
        _score = 99;
        (await DemandAsync(verified)).Level.ShouldBe(ChallengeLevel.Refusal);
    }

    [Fact]
    public async Task PassIsUsedUpByForms_ThatWereAskedForOne_AndByNoOthers()
    {
        _options.FormsPerPass = 2;
        var client = Context();
        Pass(client, ChallengeLevel.Work);
        for (var i = 0; i < 5; i++)
        {
            (await DemandAsync(client)).Level.ShouldBe(ChallengeLevel.None);
        }

        _score = 90;
        (await DemandAsync(client)).Level.ShouldBe(ChallengeLevel.None);
        (await DemandAsync(client)).Level.ShouldBe(ChallengeLevel.None);
        (await DemandAsync(client)).Level.ShouldBe(ChallengeLevel.Work);
    }

    [Fact]
    public async Task ThirtySignUpsFromOneNetwork_SpeakForAProgram()
    {
        (_signals.SignUpVelocity, var client) = (92, Context());
        for (var i = 0; i < 30; i++)
        {
            (await DemandAsync(client, "sign-up")).Level.ShouldBe(ChallengeLevel.None, $"sign-up {i}");
        }

        (await DemandAsync(client, "sign-up")).Level.ShouldBe(ChallengeLevel.Work);
        (await DemandAsync(client, "login")).Level.ShouldBe(ChallengeLevel.None);
        (await DemandAsync(Context(), "sign-up")).Level.ShouldBe(ChallengeLevel.None);
        _signals.SignUpVelocity = 0;
        (await DemandAsync(client, "sign-up")).Level.ShouldBe(ChallengeLevel.None, "a signal that is switched off");
    }

    [Fact]
    public void RouteAsksForWork_HarderOfALikelyProgram()
    {
        Gate().ForRoute(Context()).ShouldBe(new ChallengeDemand(ChallengeLevel.Work, 17));
        _score = 97;
        Gate().ForRoute(Context()).ShouldBe(new ChallengeDemand(ChallengeLevel.Work, 18), "there is no provider to ask for more");
    }

    [Theory]
    [InlineData(ChallengeLevel.Work, 17, true)]
    [InlineData(ChallengeLevel.Work, 16, false)]
    [InlineData(ChallengeLevel.External, 0, true)]
    [InlineData(ChallengeLevel.None, 24, false)]
    public void SolvedChallenge_HasToBeAsMuchAsIsAsked(ChallengeLevel level, int bits, bool met) =>
        new ChallengeDemand(ChallengeLevel.Work, 17).IsMetBy(new Challenge("id", "default", "client", level, bits, default)).ShouldBe(met);

    [Theory]
    [InlineData(8, true)]
    [InlineData(12, false)]
    public async Task EasierChallengeGotElsewhere_TakesNoFormOn(int demanded, bool taken)
    {
        await using var scope = await host.ScopeAsync();
        var (seal, forms) = (scope.ServiceProvider.GetRequiredService<ChallengeSeal>(), scope.ServiceProvider.GetRequiredService<KeptForms>());
        var context = Context();
        context.RequestServices = scope.ServiceProvider;
        context.Request.Path = PagePaths.Login;
        var (challenge, text) = seal.Make(context, TenantId.Default, ChallengeLevel.Work, 8);
        context.Request.Form = new FormCollection(new() { ["email"] = "ada@example.com" });
        var kept = forms.Seal(context, TenantId.Default, new ChallengeDemand(ChallengeLevel.Work, demanded));
        context.Request.Form = new FormCollection(new() { [ChallengeFields.Challenge] = text, [ChallengeFields.Kept] = kept, [ChallengeFields.Work] = ProofOfWork.Solve(challenge.Id, 8) });

        var page = await scope.ServiceProvider.GetRequiredService<ChallengeCeremony>().AdmitAsync(context, new ChallengedForm("login", _ => ValueTask.FromResult<string?>(null)));

        (page is null, context.Request.Form["email"] == "ada@example.com").ShouldBe((taken, taken));
    }

    [Fact]
    public void KeptForm_IsItsSendersAlone_AtItsTenantAndPlace_AndForAWhile()
    {
        var forms = host.Services.GetRequiredService<KeptForms>();
        var context = Context();
        context.Request.Path = PagePaths.Login;
        host.Services.GetRequiredService<ChallengeSeal>().Ensure(context, TenantId.Default);
        context.Request.Form = new FormCollection(new() { ["email"] = "ada@example.com" });
        var kept = forms.Seal(context, TenantId.Default, ChallengeDemand.None);

        forms.Open(context, TenantId.Default, kept).ShouldNotBeNull().Form["email"].ToString().ShouldBe("ada@example.com");
        forms.Open(context, TenantId.Parse("acme"), kept).ShouldBeNull();
        forms.Open(context, TenantId.Default, kept![..^8] + "AAAAAAA=").ShouldBeNull();
        var stranger = Context();
        stranger.Request.Path = PagePaths.Login;
        host.Services.GetRequiredService<ChallengeSeal>().Ensure(stranger, TenantId.Default);
        forms.Open(stranger, TenantId.Default, kept).ShouldBeNull();
        context.Request.Path = PagePaths.SignUp;
        forms.Open(context, TenantId.Default, kept).ShouldBeNull();
        context.Request.Path = PagePaths.Login;
        host.Time.Advance(_options.Lifetime);
        forms.Open(context, TenantId.Default, kept).ShouldBeNull();
    }

    [Fact]
    public void FormThatIsTooLongToBeKept_IsNot()
    {
        var context = Context();
        context.Request.Form = new FormCollection(new() { ["name"] = new string('x', 17_000) });
        host.Services.GetRequiredService<KeptForms>().Seal(context, TenantId.Default, ChallengeDemand.None).ShouldBeNull();
    }

    [Fact]
    public void QuickForm_SpeaksForAProgram_AndAMadeUpTimeForNothing()
    {
        var traps = host.Services.GetRequiredService<FormTraps>();
        var begun = traps.Stamp();
        host.Time.Advance(TimeSpan.FromMilliseconds(899));
        traps.Signals(Form(begun)).ShouldBe([new BotSignal("fast-form", _signals.FastForm)]);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        traps.Signals(Form(begun)).ShouldBeEmpty();
        traps.Signals(Form("0")).ShouldBeEmpty();
        traps.Signals(Form(string.Empty)).ShouldBeEmpty();

        static FormCollection Form(string begun) => new(new() { [FormTraps.Begun] = begun, [FormTraps.Honeypot] = string.Empty });
    }

    private static DefaultHttpContext Context()
    {
        var number = Interlocked.Increment(ref s_network);
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse($"10.78.{number / 250}.{number % 250}");
        context.Request.Form = new FormCollection([]);
        return context;
    }

    private Task<ChallengeDemand> DemandAsync(HttpContext context, string ceremony = "login") =>
        Gate().DemandAsync(context, TenantId.Default, ceremony, account: null, CancellationToken.None);

    private void Pass(HttpContext context, ChallengeLevel level)
    {
        var (challenge, _) = host.Services.GetRequiredService<ChallengeSeal>().Make(context, TenantId.Default, level, 17);
        host.Services.GetRequiredService<ChallengePasses>().Issue(context, challenge);
    }

    private ChallengeGate Gate() => new(
        host.Services.GetRequiredService<AttackWatch>(),
        new BotScoring(_ => BotScore.Of([new BotSignal("test", _score)])),
        host.Services.GetRequiredService<FormTraps>(),
        host.Services.GetRequiredService<ChallengePasses>(),
        host.Services.GetRequiredService<CounterStore>(),
        host.Services.GetRequiredService<ExternalChallenge>(),
        host.Services.GetRequiredService<ChallengeMetrics>(),
        Options.Create(_options),
        Options.Create(_signals),
        NullLogger<ChallengeGate>.Instance);
}
