using System.Diagnostics.Metrics;
using System.Net;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Attacks;

/// <summary>A guess counts at every door, not at the password's alone.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I2")]
public sealed class FailedDoorsTests(PagesHost host)
{
    [Theory]
    [InlineData("/.authdog/login/email", "email-link")]
    [InlineData(PagePaths.Recover, "recovery-link")]
    [InlineData(PagePaths.RecoverSecondStep, "second-step-link")]
    [InlineData(PagePaths.RecoverSecondStep, "second-step-link", "cancel")]
    [InlineData(PagePaths.VerifyEmail, "verification-link")]
    [InlineData(PagePaths.Invitation, "invitation-link")]
    [InlineData(PagePaths.NotMe, "not-me-link")]
    public async Task GuessedLinkCounts(string path, string door, string? also = null)
    {
        using var doors = Doors();
        using var browser = host.NewBrowser();
        var hidden = (await browser.GetAsync(PagePaths.Login)).Form(null).Hidden;
        List<KeyValuePair<string, string>> fields = [new("__RequestVerificationToken", hidden["__RequestVerificationToken"]), new("token", new string('A', 43))];
        if (also is not null)
        {
            fields.Add(new(also, "1"));
        }

        (await browser.PostAsync(path, fields)).Status.ShouldBe(HttpStatusCode.Gone);

        doors.Seen.ShouldBe([door]);
    }

    [Fact]
    public async Task GuessedCodeOfASignUpCounts()
    {
        using var doors = Doors();
        using var browser = host.NewBrowser();
        var person = Person.New();
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(PagePaths.SignUp), ("email", person.Email), ("name", "Ada"), ("password", person.Password)));
        var code = Mailbox.Code(await host.Mail.ReceiveAsync(person.Email));

        (await browser.SubmitAsync(page, ("code", code == "000000" ? "111111" : "000000"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        doors.Seen.ShouldBe(["verification-code"]);
    }

    [Fact]
    public async Task WrongPasswordCounts()
    {
        using var doors = Doors();
        using var browser = host.NewBrowser();

        (await Person.New().SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        doors.Seen.ShouldBe(["password"]);
    }

    private CounterTags Doors() => new(host.Services.GetRequiredService<IMeterFactory>(), "authdog.sign_in.failures", "door");
}
