using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>A real proxy with the README's recipe, the gateway that it asks, and an app that keeps what it received byte for byte.</summary>
public abstract class ProxyHost : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-proxy-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    internal abstract ForwardAuthProxy Proxy { get; }

    internal ForwardAuthHost Gateway { get; private set; } = null!;

    internal RawUpstream App { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    internal abstract IReadOnlyList<string> Command(string folder, string snippet, int port);

    public async ValueTask InitializeAsync()
    {
        Gateway = await ForwardAuthHost.StartAsync(Proxy);
        Port = FreePort();
        var snippet = Recipes.Read(Proxy.ToString().ToLowerInvariant() is "caddy" ? "caddyfile" : "nginx");
        snippet = Recipes.Replace(snippet, "127.0.0.1:8080", Gateway.Gateway.Url.Authority);
        snippet = Recipes.Replace(snippet, "127.0.0.1:8082", Gateway.Url.Authority);
        snippet = Recipes.Replace(snippet, "127.0.0.1:3000", new Uri(App.Url).Authority);
        snippet = Recipes.Replace(snippet, "the shared secret", ForwardAuthHost.Secret);
        var command = Command(_folder, snippet, Port);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        start.Environment["HOME"] = start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = _folder;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? string.Empty);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await ReadyAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://localhost:{Port}") };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        App.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadyAsync()
    {
        for (var until = DateTime.UtcNow.AddSeconds(15); ; await Task.Delay(50))
        {
            _process!.HasExited.ShouldBeFalse(string.Join('\n', _log));
            try
            {
                using var tcp = new TcpClient();
                await tcp.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < until)
            {
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
