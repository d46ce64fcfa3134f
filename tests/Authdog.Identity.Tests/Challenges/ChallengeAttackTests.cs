using System.Net;
using Authdog.Identity.Challenges;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>Ways around a challenge, each of which has to fail.</summary>
[Trait("Threat", "I2")]
public sealed class ChallengeAttackTests(ChallengedHost challenged) : IClassFixture<ChallengedHost>
{
    private readonly PagesHost _host = challenged.Pages;

    [Fact]
    public async Task ReplayedSolution_PassesOnce()
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);
        var solution = Solver.Solve(page);

        (await browser.SubmitAsync(page, ("challenge-work", solution))).Location.ShouldNotBeNull();
        (await browser.SubmitAsync(page, ("challenge-work", solution))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task ReplayedSolution_PassesOnce_WhenSentTenTimesAtOnce()
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);
        var solution = Solver.Solve(page);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.SubmitAsync(page, ("challenge-work", solution))));

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
    }

    [Fact]
    public async Task SolutionOfAnotherClient_IsWorthNothing()
    {
        using var farm = _host.NewBrowser();
        using var browser = _host.NewBrowser();
        var solved = await AskAsync(farm);
        var own = await AskAsync(browser);

        var answer = await browser.SubmitAsync(own, ("challenge-sealed", solved.Form(null).Hidden["challenge-sealed"]), ("challenge-work", Solver.Solve(solved)));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Title.ShouldBe("One moment, please");
    }

    [Fact]
    public async Task PassOfAnotherClient_IsWorthNothing()
    {
        using var farm = _host.NewBrowser();
        await Solver.PassAsync(farm, await AskAsync(farm));
        using var browser = _host.NewBrowser();
        browser.Cookies.Add(_host.Address, new Cookie("authdog-pass", farm.Cookie("authdog-pass")));

        (await AskAsync(browser)).Title.ShouldBe("One moment, please");
    }

    [Theory]
    [InlineData("authdog-pass")]
    [InlineData("authdog-client")]
    public async Task ForgedCookie_IsWorthNothing(string cookie)
    {
        using var browser = _host.NewBrowser();
        await Solver.PassAsync(browser, await AskAsync(browser));
        var value = browser.Cookie(cookie)!;
        browser.Cookies.Add(_host.Address, new Cookie(cookie, value[..^2] + (value[^2] == 'A' ? "BB" : "AA")));

        (await AskAsync(browser)).Title.ShouldBe("One moment, please");
    }

    [Fact]
    public async Task LoweredDifficulty_IsNotTheClientsToSay()
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);
        var easy = Enumerable.Range(0, 100_000).Select(number => $"{number}").First(number => !ProofOfWork.Verify(Solver.Id(page), number, Solver.Bits(page)));

        (await browser.SubmitAsync(page, ("challenge-work", easy), ("data-bits", "0"), ("bits", "0"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task ExpiredSolution_IsWorthNothing()
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);
        _host.Time.Advance(TimeSpan.FromMinutes(11));

        (await browser.SubmitAsync(page, ("challenge-work", Solver.Solve(page)))).Location.ShouldBeNull();
    }

    [Fact]
    public async Task ExpiredPass_IsWorthNothing()
    {
        using var browser = _host.NewBrowser();
        await Solver.PassAsync(browser, await AskAsync(browser));
        _host.Time.Advance(TimeSpan.FromMinutes(31));

        (await AskAsync(browser)).Title.ShouldBe("One moment, please");
    }

    [Fact]
    [Trait("Threat", "I10")]
    public void ChallengeAndPassOfAnotherTenant_AreWorthNothing()
    {
        var other = TenantId.Parse("acme");
        var seal = _host.Services.GetRequiredService<ChallengeSeal>();
        var passes = _host.Services.GetRequiredService<ChallengePasses>();
        var context = Context();
        _host.Services.GetRequiredService<ClientMarks>().Ensure(context, TenantId.Default);
        var (challenge, text) = seal.Make(context, TenantId.Default, Authdog.Identity.Attacks.ChallengeLevel.Work, 8);

        seal.Open(context, TenantId.Default, text).ShouldBe(challenge);
        seal.Open(context, other, text).ShouldBeNull();
        passes.Issue(context, challenge);
        passes.Find(context, TenantId.Default).ShouldNotBeNull();
        passes.Find(context, other).ShouldBeNull();
    }

    [Fact]
    public void ChallengeOfAnotherNetwork_IsWorthNothing()
    {
        var seal = _host.Services.GetRequiredService<ChallengeSeal>();
        var context = Context("2001:db8:1:2::1");
        var (challenge, text) = seal.Make(context, TenantId.Default, Authdog.Identity.Attacks.ChallengeLevel.Work, 8);

        context.Connection.RemoteIpAddress = IPAddress.Parse("2001:db8:1:2:ffff::9");
        seal.Open(context, TenantId.Default, text).ShouldBe(challenge);
        context.Connection.RemoteIpAddress = IPAddress.Parse("2001:db8:1:3::1");
        seal.Open(context, TenantId.Default, text).ShouldBeNull();
    }

    [Fact]
    public async Task KeptFormOfOneCeremony_IsNotTakenByAnother()
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);
        var fields = page.Form(null).Hidden;
        fields["challenge-work"] = Solver.Solve(page);

        (await browser.PostAsync(PagePaths.Recover, fields)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData("challenge-work")]
    [InlineData("challenge-sealed")]
    [InlineData("challenge-form")]
    [InlineData("cf-turnstile-response")]
    public async Task TenMegabytesOfAnswer_AreNotRead(string field)
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);

        (await browser.SubmitAsync(page, (field, new string('1', 10_000_000)))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Honeypot_LeadsToAChallenge_AndNeverToARefusal()
    {
        await using PagesHost calm = new();
        await calm.InitializeAsync();
        using var browser = calm.NewBrowser();
        var login = await browser.GetAsync(PagePaths.Login);

        (await browser.SubmitAsync(login, ("email", "ada@example.com"), (FormTraps.Honeypot, ""))).Location.ShouldNotBeNull();
        var filled = await browser.SubmitAsync(login, ("email", "ada@example.com"), (FormTraps.Honeypot, "https://example.com"));
        filled.Title.ShouldBe("One moment, please");
        (await Solver.PassAsync(browser, filled)).Location.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Threat", "B8")]
    public async Task ForeignTarget_LeadsToTheStartPage()
    {
        using var browser = _host.NewBrowser();
        var page = await browser.GetAsync("/.authdog/challenge?to=" + Uri.EscapeDataString("https://evil.example/"));

        (await Solver.PassAsync(browser, page)).Location.ShouldBe("/");
    }

    private static async Task<ReceivedPage> AskAsync(Browser browser) =>
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login), ("email", "ada@example.com"));

    private static DefaultHttpContext Context(string address = "192.0.2.1")
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }
}
