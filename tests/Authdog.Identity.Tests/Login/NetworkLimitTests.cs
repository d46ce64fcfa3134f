using System.Net;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Login;

/// <summary>The limit of a client network: many people may share one, and only wrong tries use it up (I2).</summary>
[Trait("Threat", "I2")]
public sealed class NetworkLimitTests : IAsyncLifetime
{
    private const int Limit = 10;
    private readonly PagesHost _host = new PagesHost().With("Login:AttemptsPerAddress", $"{Limit}");

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task LetsACompanySignIn_AndStopsWhoGuesses()
    {
        using var first = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, first);
        for (var i = 0; i < 4 * Limit; i++)
        {
            using var browser = _host.NewBrowser();
            (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther, $"sign-in {i}");
        }

        for (var i = 0; i < Limit; i++)
        {
            using var browser = _host.NewBrowser();
            (await Person.New().SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"guess {i}");
        }

        using var last = _host.NewBrowser();
        (await Person.New().SignInAsync(last)).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        // Nor are addresses taken for ever: each that is typed is a record in the store.
        var typed = 0;
        ReceivedPage answer;
        do
        {
            answer = await last.SubmitAsync(await last.GetAsync(PagePaths.Login), ("email", Person.New().Email));
        }
        while (answer.Status is HttpStatusCode.SeeOther && ++typed < 3 * Limit);

        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
