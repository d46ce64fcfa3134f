using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Authdog.Attack;

/// <summary>A gateway of its own process with its default limits, before an app that answers at once. Loopback only; stopped by its process id.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private static readonly string[] s_loopback = ["127.0.0.1", "::1"];

    private readonly string _dll;
    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-attack-").FullName;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    private GatewayServer(string dll, WebApplication app)
    {
        (_dll, _app) = (dll, app);
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort()}"));
    }

    public Uri Url { get; }

    /// <summary>The app behind it.</summary>
    public Uri App => new(_app.Urls.First());

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Spent
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The last of what it has said.</summary>
    public string Said => string.Join('\n', _said);

    private string Settings => Path.Combine(_folder, "appsettings.json");

    public static async Task<GatewayServer> StartAsync(string dll, IReadOnlyList<Account> people)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(static context => context.Response.WriteAsync("the app"));
        await app.StartAsync();

        var server = new GatewayServer(dll, app);
        await server.StartAsync(people);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: true })
        {
            await Console.Error.WriteLineAsync($"The gateway has ended with {_process.ExitCode}:\n{string.Join('\n', _said)}");
        }

        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(IReadOnlyList<Account> people)
    {
        var policies = Directory.CreateDirectory(Path.Combine(_folder, "policies")).FullName;
        await File.WriteAllTextAsync(Path.Combine(policies, "members.yaml"), "policy: members\nrules:\n  - { name: members, effect: allow }\n");
        await File.WriteAllTextAsync(Settings, JsonSerializer.Serialize(new
        {
            Urls = Url.ToString(),
            Gateway = new { PublicUrl = Url.ToString(), ManagementUrl = "http://127.0.0.1:0", DataPath = Path.Combine(_folder, "data"), TrustedProxies = s_loopback },
            Policies = new { Path = policies },

            // Eight accounts stand for many people here, and sign in far more often than one person does.
            Sessions = new { MaximumPerUser = 1000 },
            ReverseProxy = new
            {
                Routes = new { app = new { ClusterId = "app", AuthorizationPolicy = "members", Match = new { Path = "/app/{**rest}" } } },
                Clusters = new { app = new { Destinations = new { one = new { Address = _app.Urls.First() } } } },
            },
        }));
        // One process for all of them: each one more takes a start. The hashes are replaced by the gateway's own at the first sign-in.
        var file = Path.Combine(_folder, "people.jsonl");
        await File.WriteAllLinesAsync(file, people.Select(static person => JsonSerializer.Serialize(new { email = person.Email, email_verified = true, password_hash = Hash(person.Password) })));
        using (var add = Start("user", "import", file, "--config", Settings))
        {
            add.StandardInput.Close();
            await add.WaitForExitAsync();
            if (add.ExitCode != 0)
            {
                throw new InvalidOperationException($"'user import' ended with {add.ExitCode}:\n{Said}");
            }
        }

        _process = Start("--config", Settings);
        _process.StandardInput.Close();
        using var client = new HttpClient { BaseAddress = Url };
        for (var until = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await client.GetAsync("/.authdog/session");
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && until.Elapsed < TimeSpan.FromSeconds(60))
            {
            }
        }
    }

    // As Django writes it.
    private static string Hash(string password)
    {
        const int Iterations = 1_000;
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Encoding.ASCII.GetBytes(salt), Iterations, HashAlgorithmName.SHA256, 32);
        return $"pbkdf2_sha256${Iterations}${salt}${Convert.ToBase64String(hash)}";
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_dll, .. arguments]) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        _said.Enqueue(line ?? string.Empty);
        while (_said.Count > 40)
        {
            _said.TryDequeue(out _);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
