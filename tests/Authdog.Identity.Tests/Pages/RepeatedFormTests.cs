using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Invitations;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Mfa;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Pages;

/// <summary>People press twice, go back, have two tabs, come too late: each flow leads on, where they wanted to go, and does nothing twice.</summary>
[Collection(SecondStepsCollection.Name)]
public sealed partial class RepeatedFormTests(SecondStepsHost fixture)
{
    private readonly PagesHost _host = fixture.Host;

    public static TheoryData<string> Flows => [.. FormFlows.All.Keys];

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task LeadsOn_WhenItIsSentTwice_OrAfterGoingBack_OrInASecondTab_OrTooLate(string name)
    {
        var flow = FormFlows.All[name];
        using var browser = _host.NewBrowser();
        var first = await flow.BeginAsync(fixture, browser, "/deep/one");
        var (second, target) = flow.SharesBrowser ? (await flow.BeginAsync(fixture, browser, "/deep/two"), "/deep/two") : (first, "/deep/one");

        // Pressed twice: nobody reads the first answer.
        (await FormFlows.SendAsync(browser, first)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.SeeOther);
        (await LeadsOnAsync(browser, await FormFlows.SendAsync(browser, first), flow, "/deep/one")).Text.ShouldContain(first.Done ?? string.Empty);

        // Back, and once more.
        (await LeadsOnAsync(browser, await FormFlows.SendAsync(browser, first), flow, "/deep/one")).Text.ShouldContain(first.Done ?? string.Empty);
        await LeadsOnAsync(browser, await FormFlows.SendAsync(browser, second), flow, target);

        await ForgetAsync();
        browser.Forget("authdog");
        await LeadsOnAsync(browser, await FormFlows.SendAsync(browser, second), flow, target);
        foreach (var (address, subject) in new[] { first, second }.Select(moment => moment.Mail).OfType<(string, string)>())
        {
            await _host.Mail.ReceiveAsync(address);
            _host.Mail.To(address).Count(mail => mail.Subject!.Contains(subject, StringComparison.Ordinal)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task LeadsBackToItsPage_WhenItIsOfAnotherBrowser()
    {
        using var browser = _host.NewBrowser();
        await FormFlows.SignInAsync(fixture, browser);
        var posts = _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") is true)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => !path.Contains("{connection", StringComparison.Ordinal) && !path.Contains("{provider", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        posts.Count.ShouldBeGreaterThan(30);

        foreach (var path in posts.Select(path => path.Replace("{id:guid}", Guid.NewGuid().ToString("D"), StringComparison.Ordinal).Replace("{id:length(32)}", Guid.NewGuid().ToString("N"), StringComparison.Ordinal)))
        {
            var refused = await browser.PostAsync(path, [KeyValuePair.Create("return", PagePaths.Account)]);
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, path);
            var again = await browser.FollowAsync(await browser.GetAsync(WebUtility.HtmlDecode(TryAgain().Match(refused.Html).Groups[1].Value)));

            // The same in another language, which is a GET of the form's address.
            var german = await browser.FollowAsync(await browser.GetAsync(WebUtility.HtmlDecode(German().Match(refused.Html).Groups[1].Value)));
            again.Status.ShouldBe(german.Status, path);

            // What there is none of here (an invitation, a passkey) is said in words; what cannot be asked for at all would be 405.
            again.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Gone, HttpStatusCode.UnprocessableEntity);
            german.Html.ShouldContain("<html lang=\"de\">");
            await browser.GetAsync(PagePaths.Login + "?lang=en");
        }

        (await browser.PostAsync(PagePaths.SignUp, [KeyValuePair.Create("return", "/deep/one")])).Html.ShouldContain("href=\"/.authdog/sign-up?return=%2Fdeep%2Fone\"");
    }

    // Follows the gateway's own pages as far as they lead by themselves.
    private static async Task<ReceivedPage> LeadsOnAsync(Browser browser, ReceivedPage page, FormFlow flow, string target)
    {
        for (var hops = 0; page.Location is { } location && location.StartsWith(PagePaths.Prefix, StringComparison.Ordinal) && hops < 6; hops++)
        {
            page = await browser.GetAsync(location);
        }

        if (page.Location is null)
        {
            page.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Gone, HttpStatusCode.UnprocessableEntity);
            WaysOn().IsMatch(page.Html).ShouldBeTrue($"No way on: {page.Html}");
        }

        if (flow.LeadsBack)
        {
            (page.Location == target || page.Html.Contains(Uri.EscapeDataString(target), StringComparison.Ordinal) || page.Html.Contains($"\"{target}\"", StringComparison.Ordinal))
                .ShouldBeTrue($"{target} is lost: {page.Status} {page.Location} {page.Html}");
        }

        return page;
    }

    // Everything that a flow left behind is over.
    private async Task ForgetAsync()
    {
        var redis = await _host.Services.GetRequiredService<RedisConnection>().StartAsync(CancellationToken.None);
        foreach (var area in new[] { "record", "token" })
        {
            await foreach (var key in redis.GetServers()[0].KeysAsync(pattern: $"authdog:*:{area}:*"))
            {
                await redis.GetDatabase().KeyDeleteAsync(key);
            }
        }

        await using var scope = await _host.ScopeAsync();
        var context = scope.ServiceProvider.GetRequiredService<DirectoryContext>();
        var past = _host.Time.GetUtcNow() - TimeSpan.FromSeconds(1);
        await context.Set<AccountLink>().ExecuteUpdateAsync(set => set.SetProperty(link => link.ExpiresAt, past));
        await context.Set<Invitation>().ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.ExpiresAt, past));
    }

    [GeneratedRegex("<main.*(?:<form method=\"post\"|<a (?:class=\"button\" )?href=\"/).*</main>", RegexOptions.Singleline)]
    private static partial Regex WaysOn();

    [GeneratedRegex("<a class=\"button\" href=\"([^\"]+)\"")]
    private static partial Regex TryAgain();

    [GeneratedRegex("<a href=\"([^\"]+)\" lang=\"de\"")]
    private static partial Regex German();
}
