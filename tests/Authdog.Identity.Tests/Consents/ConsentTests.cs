using System.Net;
using Authdog.Identity.Consents;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Consents;

/// <summary>What people agree to.</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private PagesHost _host = null!;
    private string? _elsewhere;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, "# Terms\n\nBe kind to <everybody>.\n");
        _host = Host("1");
        await _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task AsksWithEmptyBoxesAndRecordsWhatWasAnswered_WhenSigningUp()
    {
        using var browser = _host.NewBrowser();
        var person = Person.New();
        var page = await browser.GetAsync(PagePaths.SignUp);
        page.Html.ShouldNotContain("checked");
        var refused = await browser.SubmitAsync(page, ("email", person.Email), ("name", "Ada"), ("password", person.Password));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldContain("id=\"consent-terms-error\"");

        await SignUpAsync(browser, person);
        await person.SignInAsync(browser);

        var consents = await browser.GetAsync("/.authdog/account/consents");
        consents.Text.ShouldContain("agreed");
        consents.Text.ShouldContain("not agreed");
        (await browser.GetAsync("/.authdog/consents/text/terms")).Html.ShouldContain("Be kind to &lt;everybody&gt;.");
        (await browser.GetAsync("/.authdog/consents/text/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        var answered = await browser.GetAsync(consents.Html[consents.Html.IndexOf("/.authdog/account/consents/", StringComparison.Ordinal)..].Split('"')[0]);
        answered.Text.ShouldContain("Be kind");
    }

    [Fact]
    public async Task AsksAgainBeforeASessionBegins_WhenARequiredVersionChanges()
    {
        using var first = _host.NewBrowser();
        var person = Person.New();
        await SignUpAsync(first, person);
        await _host.RestartAsync(Settings("2"));
        using var browser = _host.NewBrowser();

        var asked = await browser.FollowAsync(await person.SignInAsync(browser, "/members"));
        asked.Title.ShouldBe("Before you go on");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SubmitAsync(asked)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // Sent twice before the answer is read, and once more after going back: the login goes on, and is over.
        await browser.SubmitAsync(asked, ("consent-terms", Hash(asked, "consent-terms")));
        var next = await browser.SubmitAsync(asked, ("consent-terms", Hash(asked, "consent-terms")));
        next = await browser.GetAsync(next.Location!);
        next.Location.ShouldBe("/members");
        next = await browser.SubmitAsync(asked, ("consent-terms", Hash(asked, "consent-terms")));
        (await browser.GetAsync(next.Location!)).Location.ShouldBe("/members");
        browser.Forget("authdog");
        (await browser.GetAsync(next.Location!)).Html.ShouldContain("name=\"return\" value=\"/members\"");
        await person.SignInAsync(browser);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/.authdog/account/consents")).Text.ShouldContain("version 2");
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task SessionsSayWhatWasAgreedTo_UntilItIsTakenBack()
    {
        using var browser = _host.NewBrowser();
        var person = Person.New();
        await SignUpAsync(browser, person, news: true);
        await person.SignInAsync(browser);
        (await _host.SessionAsync(browser)).Claims["consents"].GetRawText().ShouldBe("""{"news":"1","terms":"1"}""");
        var page = await browser.GetAsync("/.authdog/account/consents");

        var token = page.Form("/.authdog/account/consents").Hidden["__RequestVerificationToken"];
        await browser.PostAsync("/.authdog/account/consents", [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("document", "news")]);

        (await _host.SessionAsync(browser)).Claims["consents"].GetRawText().ShouldBe("""{"terms":"1"}""");
    }

    [Fact]
    public async Task TakesItBackWithOneClick()
    {
        using var browser = _host.NewBrowser();
        var person = Person.New();
        await SignUpAsync(browser, person, news: true);
        await person.SignInAsync(browser);
        var page = await browser.GetAsync("/.authdog/account/consents");

        var form = page.Html[page.Html.IndexOf("value=\"news\"", StringComparison.Ordinal)..];
        form[..form.IndexOf("</form>", StringComparison.Ordinal)].ShouldNotContain("name=\"given\"");
        var token = page.Form("/.authdog/account/consents").Hidden["__RequestVerificationToken"];
        var done = await browser.FollowAsync(await browser.PostAsync("/.authdog/account/consents", [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("document", "news")]));
        done.Text.ShouldContain("Your agreement is taken back");

        // Of what is required: signed out everywhere, and asked again.
        await browser.PostAsync("/.authdog/account/consents", [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("document", "terms")]);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.FollowAsync(await person.SignInAsync(browser))).Title.ShouldBe("Before you go on");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task WhoeverIsHinderedFromSigningIn_AgreesToNothingInTheAccountsName()
    {
        using var first = _host.NewBrowser();
        var person = Person.New();
        await SignUpAsync(first, person);
        await _host.RestartAsync(Settings("2"));
        using var browser = _host.NewBrowser();
        var asked = await browser.FollowAsync(await person.SignInAsync(browser, "/members"));
        asked.Title.ShouldBe("Before you go on");

        // As a sign-in that is judged unusual once the page is there: what was proved is kept, and leads to where that is settled.
        _elsewhere = "/.authdog/elsewhere";
        var hindered = await browser.SubmitAsync(asked, ("consent-terms", Hash(asked, "consent-terms")));
        hindered.Location.ShouldNotBeNull().ShouldStartWith("/.authdog/elsewhere?flow=");
        _elsewhere = null;

        var flow = asked.Form(null).Hidden["flow"];
        (await browser.GetAsync($"{ConsentEndpoints.AskPath}?flow={flow}")).Title.ShouldBe("Before you go on", "nothing was agreed to");
        using var thief = _host.NewBrowser();
        (await thief.GetAsync($"{ConsentEndpoints.AskPath}?flow={flow}")).Location.ShouldNotBeNull().ShouldStartWith(PagePaths.Login + "?flow=");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task WhoeverHasYetToProveSomething_AgreesToNothing()
    {
        using var first = _host.NewBrowser();
        var person = Person.New();
        await SignUpAsync(first, person);
        await person.SignInAsync(first);
        await _host.RestartAsync(Settings("2"));
        await using var scope = await _host.ScopeAsync();
        var terms = scope.ServiceProvider.GetRequiredService<Wordings>().Find("terms", "en").ShouldNotBeNull();
        Task<ReceivedPage> AgreeAsync(Browser browser, ReceivedPage page) =>
            browser.PostAsync(ConsentEndpoints.AskPath, page.Form(null).Hidden.Append(KeyValuePair.Create("consent-terms", terms.Hash)));

        // Whoever knows the address alone, and whoever has the session in hand but not the password that is asked for once more.
        using var stranger = _host.NewBrowser();
        var password = await stranger.FollowAsync(await stranger.SubmitAsync(await stranger.GetAsync(PagePaths.Login), ("email", person.Email)));
        (await AgreeAsync(stranger, password)).Location.ShouldNotBeNull().ShouldStartWith(PagePaths.Login + "?flow=");
        using var finder = _host.NewBrowser();
        finder.Cookies.Add(_host.Address, new Cookie("authdog", first.Cookie("authdog")));
        var again = await finder.FollowAsync(await finder.GetAsync(PagePaths.Login + "?prompt=login"));
        again.Title.ShouldBe("Enter your password");
        (await AgreeAsync(finder, again)).Location.ShouldNotBeNull().ShouldContain("&return=");

        (await stranger.FollowAsync(await stranger.SubmitAsync(password, ("password", person.Password)))).Title.ShouldBe("Before you go on");
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task DoesNotCount_WhenAnotherBrowserVerifies()
    {
        using var typing = _host.NewBrowser();
        using var owner = _host.NewBrowser();
        var person = Person.New();
        await BeginAsync(typing, person, news: true);
        var link = await owner.GetAsync(Mailbox.Link(await _host.Mail.ReceiveAsync(person.Email)));
        await owner.SubmitAsync(link, ("password", person.Password));

        (await owner.FollowAsync(await person.SignInAsync(owner))).Title.ShouldBe("Before you go on");
    }

    [Fact]
    public void ReportsEveryMistake()
    {
        var options = new ConsentOptions();
        options.Documents["Bad Id"] = new ConsentDocument { Version = "" };
        options.Documents["terms"] = new ConsentDocument();
        options.Documents["terms"].Texts["en"] = new ConsentText { Label = "", File = "/no/such/file" };
        options.Documents["terms"].Texts["tlh"] = new ConsentText { Label = "x" };

        new ConsentOptions.Validator().Validate(null, options).Failures!.Count().ShouldBe(5);
        new ConsentLanguages.Validator(Options.Create(new BrandOptions())).Validate(null, options).Failures!.Count().ShouldBe(3);
    }

    private PagesHost Host(string version)
    {
        PagesHost host = new() { Replace = services => services.AddScoped(_ => new SignInGuard((_, _, _) => Task.FromResult(_elsewhere))) };
        foreach (var (key, value) in Settings(version))
        {
            host.With(key, value);
        }

        return host;
    }

    private Dictionary<string, string> Settings(string version) => new()
    {
        ["Login:Brand:Languages:0"] = "en",
        ["Passkeys:Enabled"] = "false",
        ["Consents:Documents:terms:Version"] = version,
        ["Consents:Documents:terms:Required"] = "true",
        ["Consents:Documents:terms:Texts:en:Label"] = "I accept the terms of use",
        ["Consents:Documents:terms:Texts:en:File"] = _file,
        ["Consents:Documents:news:Texts:en:Label"] = "Send me news",
    };

    private static async Task<ReceivedPage> BeginAsync(Browser browser, Person person, bool news)
    {
        var page = await browser.GetAsync(PagePaths.SignUp);
        List<(string, string)> fields = [("email", person.Email), ("name", "Ada"), ("password", person.Password), ("consent-terms", Hash(page, "consent-terms"))];
        if (news)
        {
            fields.Add(("consent-news", Hash(page, "consent-news")));
        }

        return await browser.FollowAsync(await browser.SubmitAsync(page, [.. fields]));
    }

    private async Task SignUpAsync(Browser browser, Person person, bool news = false)
    {
        await BeginAsync(browser, person, news);
        await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(await _host.Mail.ReceiveAsync(person.Email))));
    }

    private static string Hash(ReceivedPage page, string field) =>
        page.Html[page.Html.IndexOf($"name=\"{field}\"", StringComparison.Ordinal)..].Split("value=\"")[1].Split('"')[0];
}
