using System.Net;
using System.Net.Http.Headers;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>Name, language, attributes, picture.</summary>
public sealed class ProfileTests : IAsyncLifetime
{
    private readonly PagesHost _host = new PagesHost()
        .With("Accounts:Profile:Attributes:department:Choices:0", "Sales")
        .With("Accounts:Profile:Attributes:department:Choices:1", "Finance")
        .With("Accounts:Profile:Attributes:department:Claim", "true")
        .With("Accounts:Profile:Attributes:department:Labels:en", "Department")
        .With("Accounts:Profile:Attributes:seats:Type", "Number")
        .With("Accounts:Profile:Attributes:seats:Required", "true")
        .With("Accounts:Profile:Attributes:teams:Type", "List")
        .With("Accounts:Profile:Attributes:teams:Claim", "true")
        .With("Accounts:Profile:Attributes:level:Editable", "false")
        .With("Accounts:Profile:Attributes:level:Claim", "true");

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task SavesAndSessionsFollow_WhenTheFormIsRight()
    {
        using var browser = _host.NewBrowser();
        await SignInAsync(browser);

        var saved = await browser.FollowAsync(await browser.SubmitAsync(
            await browser.GetAsync("/.authdog/account/profile"),
            ("name", "Ada Lovelace"), ("locale", "de"), ("time-zone", "Europe/Berlin"), ("attribute-department", "Sales"), ("attribute-seats", "12,5"), ("attribute-teams", "Red\nBlue"), ("attribute-level", "99")));

        saved.Text.ShouldContain("Ihr Profil ist gespeichert");
        (await browser.GetAsync("/.authdog/session")).Html.ShouldContain("Ada Lovelace");
        var claims = (await _host.SessionAsync(browser)).Claims;
        claims["department"].GetString().ShouldBe("Sales");
        claims["teams"].GetRawText().ShouldBe("""["Red","Blue"]""");
        claims.ShouldNotContainKey("seats");
        claims.ShouldNotContainKey("level");
        (await browser.GetAsync("/.authdog/account/devices")).Text.ShouldContain("UTC+");
    }

    [Theory]
    [InlineData("attribute-department", "Directors")]
    [InlineData("attribute-seats", "many")]
    [InlineData("attribute-seats", "")]
    [InlineData("attribute-teams", "ok\nnot‮ok")]
    [InlineData("name", "Ada‮")]
    [Trait("Threat", "I13")]
    public async Task SaysWhatIsWrongBesideTheField_WhenAValueIsRefused(string field, string value)
    {
        using var browser = _host.NewBrowser();
        await SignInAsync(browser);

        var refused = await browser.SubmitAsync(
            await browser.GetAsync("/.authdog/account/profile"), "/.authdog/account/profile", [.. new[] { ("name", "Ada"), ("attribute-seats", "1") }.Where(pair => pair.Item1 != field), (field, value)]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldContain($"id=\"{field}-error\"");
    }

    [Fact]
    public async Task ServesThePictureAsNothingButAPicture_WhenItWasUploaded()
    {
        using var browser = _host.NewBrowser();
        await SignInAsync(browser);
        var page = await browser.GetAsync("/.authdog/account/profile");

        var uploaded = await browser.FollowAsync(await UploadAsync(browser, page, Samples.Png(metadata: true)));

        uploaded.Text.ShouldContain("Your picture is saved");
        var address = uploaded.Html[uploaded.Html.IndexOf("/.authdog/account/profile/picture?v=", StringComparison.Ordinal)..].Split('"')[0];
        using var served = await browser.Client.GetAsync(address);
        served.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        served.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        served.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        (await served.Content.ReadAsByteArrayAsync()).ShouldBe(Samples.Png(metadata: false));
        using var stranger = _host.NewBrowser();
        (await stranger.GetAsync(address)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("GIF89a<script>alert(1)</script>")]
    [InlineData("")]
    [Trait("Threat", "I13")]
    public async Task RefusesThePicture_WhenItIsNone(string content)
    {
        using var browser = _host.NewBrowser();
        await SignInAsync(browser);

        var refused = await UploadAsync(browser, await browser.GetAsync("/.authdog/account/profile"), System.Text.Encoding.UTF8.GetBytes(content));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("This cannot be used");
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task AnswersThatItIsTooMuch_WhenTheUploadIsBeyondTheBound()
    {
        using var browser = _host.NewBrowser();
        await SignInAsync(browser);

        var refused = await UploadAsync(browser, await browser.GetAsync("/.authdog/account/profile"), new byte[400 * 1024]);

        refused.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task SignInAsync(Browser browser)
    {
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
    }

    private static async Task<ReceivedPage> UploadAsync(Browser browser, ReceivedPage page, byte[] content)
    {
        using var form = new MultipartFormDataContent();
        using var token = new StringContent(page.Form("/.authdog/account/profile").Hidden["__RequestVerificationToken"]);
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(token, "__RequestVerificationToken");
        form.Add(file, "picture", "me.png");
        using var answer = await browser.Client.PostAsync("/.authdog/account/profile/new-picture", form);
        return new ReceivedPage(answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync(), []);
    }
}
