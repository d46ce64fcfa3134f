using System.Net;
using System.Net.WebSockets;
using System.Text;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.RealApps;

/// <summary>Node-RED for people who are signed in: its editor, an endpoint and two WebSockets.</summary>
public sealed class NodeRedTests : IAsyncLifetime
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);
    private AppProcess _app = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        var modules = await InstallAsync();
        _app = await AppProcess.StartAsync((port, folder) => new("node", [Path.Combine(modules, "node-red", "red.js"), "--port", $"{port}", "--userDir", folder, AppProcess.File("node-red/flows.json")]));
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings().SignedInPolicy().Route("app", "/{**all}", "members", _app.Url));
        await FlowsRunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task EditorAndItsSocketOpen_ForWhoIsSignedIn()
    {
        var (cookie, _) = await _gateway.SignInAsync("grace@example.com");
        using var editor = await _gateway.GetAsync("/", $"Cookie: {cookie}");
        (await editor.Content.ReadAsStringAsync()).ShouldContain("<title>Node-RED</title>");
        using var library = await _gateway.GetAsync("/red/red.min.js", $"Cookie: {cookie}", "Accept-Encoding: gzip, br");
        library.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var who = await _gateway.GetAsync("/who", $"Cookie: {cookie}");
        (await who.Content.ReadAsStringAsync()).ShouldBe("grace@example.com");

        // The editor subscribes to what the runtime tells.
        using var comms = await ConnectAsync("/comms", cookie);
        (await AskAsync(comms, "{\"subscribe\":\"notification/#\"}")).ShouldContain("notification");
    }

    [Fact]
    public async Task FlowAnswersOverAWebSocket()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var socket = await ConnectAsync("/ws/echo", cookie);
        (await AskAsync(socket, "Größe 🐕")).ShouldBe("Größe 🐕");
        var large = new string('x', 100_000);
        (await AskAsync(socket, large)).ShouldBe(large);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(s_bound);
    }

    [Fact]
    public async Task NothingOpensToStrangers()
    {
        using var page = await _gateway.GetAsync("/who");
        page.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync("/ws/echo", "authdog=none"));
    }

    private async Task<ClientWebSocket> ConnectAsync(string path, string cookie)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_gateway.Url.Port}{path}"), CancellationToken.None).WaitAsync(s_bound);
        return socket;
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        using var answer = new MemoryStream();
        var buffer = new byte[8192];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(s_bound);
            await answer.WriteAsync(buffer.AsMemory(0, received.Count));
        }
        while (!received.EndOfMessage);
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    // It listens before its flows run.
    private async Task FlowsRunAsync()
    {
        using var bound = new CancellationTokenSource(s_bound);
        var (cookie, _) = await _gateway.SignInAsync();
        while (true)
        {
            using var who = await _gateway.GetAsync("/who", $"Cookie: {cookie}");
            if (who.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(100, bound.Token);
        }
    }

    // Too large for the repository: installed from the lock file at the first run, beside the built tests.
    private static async Task<string> InstallAsync()
    {
        var modules = AppProcess.File("node-red/node_modules");
        if (!File.Exists(Path.Combine(modules, ".package-lock.json")))
        {
            await AppProcess.RunAsync(new("npm", ["ci", "--no-audit", "--no-fund", "--prefix", AppProcess.File("node-red")]));
        }

        return modules;
    }
}
