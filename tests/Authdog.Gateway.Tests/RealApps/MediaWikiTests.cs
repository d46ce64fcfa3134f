using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.RealApps;

/// <summary>A wiki whose people come signed in by <c>X-Forwarded-User</c>.</summary>
public sealed class MediaWikiTests : IAsyncLifetime
{
    private const string Code = "/usr/share/mediawiki";
    private AppProcess _app = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await AppProcess.StartAsync(
            (port, folder) => new("/usr/bin/php", ["-S", $"127.0.0.1:{port}", "-t", Code]) { Environment = { ["MW_CONFIG_FILE"] = Path.Combine(folder, "LocalSettings.php") } },
            PrepareAsync);
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .SignedInPolicy()
            .PublicPolicy()
            .Route("api", "/api.php", "open", _app.Url)
            .Route("wiki", "/{**all}", "members", _app.Url, ("Metadata:Authdog:Header:Name", "X-Forwarded-User")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task PersonIsSignedIn_AndWritesAPage()
    {
        var (cookie, _) = await _gateway.SignInAsync("grace@example.com", "Grace Hopper");
        using var front = await _gateway.GetAsync("/", $"Cookie: {cookie}");
        front.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        front.Headers.Location.ShouldBe(new Uri(_gateway.Url, "/index.php/Main_Page"));

        const string Title = "/index.php/Gr%C3%B6%C3%9Fe,_A%2BB_(C):_D=E@F";
        using var editor = await _gateway.GetAsync($"{Title}?action=edit", $"Cookie: {cookie}");
        var page = await editor.Content.ReadAsStringAsync();
        page.ShouldContain("Grace Hopper");
        var session = editor.Headers.GetValues("Set-Cookie").Last(set => set.Contains("HeaderSession=", StringComparison.Ordinal)).Split(';')[0];
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { "wpEditToken", "wpStarttime", "wpEdittime", "editRevId", "oldid", "parentRevId", "format", "model", "wpUnicodeCheck" })
        {
            form.Add(new StringContent(Field(page, name)), name);
        }

        form.Add(new StringContent("Wörter der Wiki"), "wpTextbox1");
        form.Add(new StringContent("1"), "wpUltimateParam");
        form.Add(new StringContent("Save"), "wpSave");
        using var save = new HttpRequestMessage(HttpMethod.Post, $"{Title}?action=submit") { Content = form };
        save.Headers.TryAddWithoutValidation("Cookie", $"{cookie}; {session}");
        using var saved = await _gateway.Client.SendAsync(save);
        saved.StatusCode.ShouldBe(HttpStatusCode.Found, await saved.Content.ReadAsStringAsync());

        using var read = await _gateway.GetAsync(saved.Headers.Location!.PathAndQuery, $"Cookie: {cookie}");
        (await read.Content.ReadAsStringAsync()).ShouldContain("Wörter der Wiki");
    }

    [Fact]
    [Trait("Threat", "B5")]
    public async Task NobodyIsSignedInByAHeaderOfTheirOwn()
    {
        const string Question = "/api.php?action=query&meta=userinfo&format=json";
        foreach (var name in new[] { "X-Forwarded-User", "X_Forwarded_User", "X-Forwarded_User" })
        {
            var answer = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get(Question, $"{name}: Admin"));
            answer.ShouldStartWith("HTTP/1.1 200");
            answer.ShouldContain("\"anon\"");
            answer.ShouldNotContain("Admin");
        }
    }

    private static async Task PrepareAsync(string folder)
    {
        string[] arguments =
        [
            Path.Combine(Code, "maintenance", "install.php"), "--dbtype", "sqlite", "--dbpath", folder, "--confpath", folder,
            "--pass", "only-for-this-test", "--server", "http://localhost", "--scriptpath", string.Empty, "Wiki", "Admin",
        ];
        await AppProcess.RunAsync(new("/usr/bin/php", arguments));
        await File.AppendAllTextAsync(Path.Combine(folder, "LocalSettings.php"), await File.ReadAllTextAsync(AppProcess.File("mediawiki.php")));
    }

    private static string Field(string page, string name)
    {
        var input = page.IndexOf($"name=\"{name}\"", StringComparison.Ordinal);
        input.ShouldBeGreaterThan(0, $"no field {name}");
        var tag = page[page.LastIndexOf('<', input)..page.IndexOf('>', input)];
        return WebUtility.HtmlDecode(tag.Split("value=\"")[1].Split('"')[0]);
    }
}
