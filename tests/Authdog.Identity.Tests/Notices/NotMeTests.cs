using System.Net;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Notices;

[Collection(PagesCollection.Name)]
public sealed class NotMeTests(PagesHost host)
{
    [Fact]
    [Trait("Threat", "I5")]
    public async Task EndsSessionsAndPasswordAndLeadsToRecovery_WhenTheOwnerSaysSo()
    {
        using var thief = host.NewBrowser();
        using var owner = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, owner);
        await person.SignInAsync(thief);
        var stolen = person with { Password = "the thief's own long phrase" };
        await thief.SubmitAsync(await thief.GetAsync("/.authdog/account/password"), ("password", person.Password), ("new-password", stolen.Password));
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, count: 2));

        // A mail scanner opens it: nothing happens.
        var page = await owner.GetAsync(link);
        page.Status.ShouldBe(HttpStatusCode.OK);
        (await thief.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);

        var recovery = await owner.FollowAsync(await owner.SubmitAsync(page));
        (await thief.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await stolen.SignInAsync(thief)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var renewed = person with { Password = "a new and much longer phrase" };
        await owner.SubmitAsync(recovery, ("password", renewed.Password));

        (await renewed.SignInAsync(owner)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var review = await owner.GetAsync("/.authdog/account/security");
        review.Text.ShouldContain("somebody else used this account");
        (await owner.FollowAsync(await owner.SubmitAsync(review, "/.authdog/account/security/reviewed"))).Text.ShouldNotContain("somebody else used this account");
        (await owner.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await owner.SubmitAsync(page)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task OpensNothing_WhenTheTokenIsInvented()
    {
        using var browser = host.NewBrowser();

        (await browser.GetAsync("/.authdog/not-me?token=" + new string('A', 43))).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.GetAsync("/.authdog/not-me?token=x")).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.GetAsync("/.authdog/not-me")).Status.ShouldBe(HttpStatusCode.Gone);
    }
}
