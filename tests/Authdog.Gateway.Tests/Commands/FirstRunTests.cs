using System.Net;
using System.Text.RegularExpressions;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>The README's tour, step by step, by HTTP and a second shell.</summary>
public sealed partial class FirstRunTests : IDisposable
{
    private const string Password = "four quiet lamps on a hill";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task OpensTheAdminArea_WhenSomebodyHasSignedUpAndGotTheRole()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var browser = new FormClient(gateway.Url);

        await browser.GoAsync("/.authdog/sign-up?return=/members/");
        await browser.SubmitAsync("password", ("email", "ada@example.com"), ("name", "Ada"), ("password", Password));
        await gateway.WaitForAsync(() => gateway.Output.Contains("token=", StringComparison.Ordinal));
        await browser.GoAsync(Link().Match(gateway.Output).Value);
        await browser.SubmitAsync("token");
        await browser.GoAsync("/members/");
        browser.Path.ShouldBe("/.authdog/login");
        await browser.SubmitAsync("email", ("email", "ada@example.com"));
        var members = await browser.SubmitAsync("password", ("password", Password));

        browser.Path.ShouldBe("/members/");
        members.ShouldContain("""<b id="email">ada@example.com</b>""");
        var headers = await browser.GoAsync("/headers");
        headers.ShouldContain("X-Authdog-Assertion");
        headers.ShouldNotContain("<td>Cookie</td><td>authdog");
        await browser.GoAsync("/admin/");
        browser.Status.ShouldBe(HttpStatusCode.Forbidden);

        var added = await GatewayProcess.RunAsync(_folder.Path, "user", "add", "ada@example.com", "--role", "admin");
        added.ExitStatus.ShouldBe(0, added.Error);
        await gateway.WaitForAsync(() => browser.GoAsync("/admin/").ContinueWith(_ => browser.Status == HttpStatusCode.OK, TaskScheduler.Default));

        var revoked = await GatewayProcess.RunAsync(_folder.Path, "session", "revoke", "--user", "ada@example.com");
        revoked.Output.ShouldContain("Ended 1 session.");
        await gateway.WaitForAsync(() => browser.GoAsync("/members/").ContinueWith(_ => browser.Path == "/.authdog/login", TaskScheduler.Default));

        (await GatewayProcess.RunAsync(_folder.Path, "user", "disable", "ada@example.com")).ExitStatus.ShouldBe(0);
        (await GatewayProcess.RunAsync(_folder.Path, "keys", "rotate")).ExitStatus.ShouldBe(0);
        (await GatewayProcess.RunAsync(_folder.Path, "db", "migrate")).ExitStatus.ShouldBe(0);
        gateway.Error.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "B16")]
    public async Task NeverPrintsLinks_WhenTheDemoDoesNotRun()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--upstream", "http://localhost:1");
        using var browser = new FormClient(gateway.Url);

        await browser.GoAsync("/.authdog/sign-up");
        await browser.SubmitAsync("password", ("email", "ada@example.com"), ("name", "Ada"), ("password", Password));
        browser.Path.ShouldBe("/.authdog/verify-email");
        var outbox = Path.Combine(_folder.Path, "data", "outbox");
        await gateway.WaitForAsync(() => Directory.Exists(outbox) && Directory.GetFiles(outbox, "*.eml").Length > 0);
        await gateway.StopAsync();

        gateway.Output.ShouldNotContain("token=");
        gateway.Error.ShouldNotContain("token=");
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("http://[^ \\n]*token=[^ \\r\\n]*")]
    private static partial Regex Link();
}
