using System.Globalization;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Authdog.Gateway.Tests.Edge.BotProtection;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Access;

/// <summary>A route whose policy asks programs for a challenge.</summary>
public sealed partial class ClientChallengeTests(BotGateway bots) : IClassFixture<BotGateway>
{
    private readonly GatewayHost _gateway = bots.Gateway;

    [Fact]
    public async Task PersonPassesAsBefore_WhenTheScoreIsLow()
    {
        var answer = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get("/catalogue/x", Browsers.Chrome));

        answer.ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    [Trait("Threat", "B17")]
    public async Task ProgramIsTold_AndTheAppIsNotAsked()
    {
        var before = bots.Upstream.Requests;
        using var answer = await _gateway.GetAsync("/catalogue/x", "User-Agent: curl/8.14.1", "Accept: application/json");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("type").GetString().ShouldBe("urn:authdog:problem:client-challenge-required");
        problem.GetProperty("challenge").GetString().ShouldBe("/.authdog/challenge");
        bots.Upstream.Requests.ShouldBe(before);
        _gateway.Logs.Lines.ShouldContain(line => line.Contains("Bot score 60 (declared-crawler 60)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrowserComesBack_WhenTheChallengeIsSolved()
    {
        Browser browser = new(_gateway);
        using var refused = await browser.GetAsync("/catalogue/x?page=2");
        refused.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.GetAsync(refused.Headers.Location!.OriginalString);
        var html = await page.Content.ReadAsStringAsync();

        using var solved = await browser.PostAsync("/.authdog/challenge", Browser.Form(Fields(html)));
        solved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        solved.Headers.Location!.OriginalString.ShouldBe("/catalogue/x?page=2");
        using var passed = await browser.GetAsync("/catalogue/x?page=2");
        passed.StatusCode.ShouldBe(HttpStatusCode.OK);

        // What was passed counts at the other routes of the tenant too, and makes the score lower.
        using var told = await browser.GetAsync("/told/x");
        (await told.Content.ReadAsStringAsync()).ShouldBe("20");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task PassIsTheClients_AndNobodyElsesAlone()
    {
        Browser browser = new(_gateway);
        using var page = await browser.GetAsync("/.authdog/challenge");
        using var solved = await browser.PostAsync("/.authdog/challenge", Browser.Form(Fields(await page.Content.ReadAsStringAsync())));
        var pass = browser.Cookies["authdog-pass"];

        using var stolen = await _gateway.GetAsync("/catalogue/x", "Sec-Fetch-Mode: navigate", $"Cookie: authdog-pass={pass}");
        stolen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var own = await _gateway.GetAsync("/catalogue/x", "Sec-Fetch-Mode: navigate", $"Cookie: authdog-pass={pass}; authdog-client={browser.Cookies["authdog-client"]}");
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RefusalByScore_IsExplainedWithItsSignals()
    {
        using var answer = await _gateway.GetAsync("/refusing/x", "User-Agent: python-requests/2.32", "Accept: application/json");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        _gateway.Logs.Lines.ShouldContain(line => line.Contains("Bot score 60 (declared-crawler 60)", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FormIsKept_WhileTheChallengeIsSolved()
    {
        Browser browser = new(_gateway);
        using var refused = await browser.PostAsync("/catalogue/order", Browser.Form(("quantity", "3")));
        refused.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.GetAsync(refused.Headers.Location!.OriginalString);
        using var solved = await browser.PostAsync("/.authdog/challenge", Browser.Form(Fields(await page.Content.ReadAsStringAsync())));

        solved.Headers.Location!.OriginalString.ShouldStartWith("/.authdog/resume/");
        using var sent = await browser.ConfirmAsync(solved.Headers.Location.OriginalString);
        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sent.Content.ReadAsStringAsync()).ShouldBe("quantity=3");
    }

    private static (string, string)[] Fields(string html)
    {
        var form = html[html.IndexOf("<form", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var work = Work().Match(form);
        return [.. Hidden().Matches(form).Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))).Where(field => field.Item1 != "challenge-work"),
            ("challenge-work", Solve(work.Groups[1].Value, int.Parse(work.Groups[2].Value, CultureInfo.InvariantCulture)))];
    }

    // What the page's script does, for no more than 32 bits.
    private static string Solve(string id, int bits)
    {
        for (var number = 0; ; number++)
        {
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}:{number}")));
            if (BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash)) >= bits)
            {
                return number.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("data-work=\"([0-9a-f]{32})\" data-bits=\"(\\d+)\"")]
    private static partial Regex Work();
}
