using Authdog.Identity.Pages;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Somebody who uses the pages.</summary>
public sealed record Person(string Email, string Password)
{
    public static Person New() => new($"p{Guid.NewGuid():N}@example.com", "correct horse battery " + Guid.NewGuid().ToString("N")[..6]);

    /// <summary>Sends the sign-up form; returns the page that asks for the code.</summary>
    public async Task<ReceivedPage> BeginSignUpAsync(Browser browser, string target = "/")
    {
        var page = await browser.GetAsync(PagePaths.SignUp + "?return=" + Uri.EscapeDataString(target));
        return await browser.FollowAsync(await browser.SubmitAsync(page, ("email", Email), ("name", "Ada"), ("password", Password)));
    }

    /// <summary>Signs up and verifies by the mail's link in the same browser.</summary>
    public async Task<Person> SignUpAsync(PagesHost host, Browser browser)
    {
        (await BeginSignUpAsync(browser)).Html.ShouldContain("name=\"code\"");
        var page = await browser.GetAsync(Mailbox.Link(await host.Mail.ReceiveAsync(Email)));
        (await browser.SubmitAsync(page)).Location.ShouldNotBeNull();
        return this;
    }

    /// <summary>Signs in; returns the answer to the password form.</summary>
    public async Task<ReceivedPage> SignInAsync(Browser browser, string target = "/", string? password = null)
    {
        var page = await browser.GetAsync(PagePaths.Login + "?return=" + Uri.EscapeDataString(target));
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("email", Email)));
        return await browser.SubmitAsync(page, ("password", password ?? Password));
    }
}
