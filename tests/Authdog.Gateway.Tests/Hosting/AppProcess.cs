using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>A real app as a process of its own, on a free port, with a folder of its own for what it writes.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _folder;

    private AppProcess(Process process, string folder, int port)
    {
        (_process, _folder) = (process, folder);
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
    }

    public string Url { get; }

    /// <summary>Path of a file that comes with the tests.</summary>
    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Upstreams", name);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="prepare">Writes into its folder what it needs.</param>
    /// <param name="start">Its command line, of its port and its folder.</param>
    public static async Task<AppProcess> StartAsync(Func<int, string, ProcessStartInfo> start, Func<string, Task>? prepare = null)
    {
        var folder = Directory.CreateTempSubdirectory("authdog-app-").FullName;
        await (prepare?.Invoke(folder) ?? Task.CompletedTask);
        var port = FreePort.Next();
        var command = start(port, folder);
        command.WorkingDirectory = folder;
        (command.RedirectStandardOutput, command.RedirectStandardError) = (true, true);
        var app = new AppProcess(Process.Start(command)!, folder, port);
        app._process.OutputDataReceived += static (_, _) => { };
        app._process.ErrorDataReceived += static (_, _) => { };
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        try
        {
            await app.ListensAsync(port);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command to its end; it has to succeed.</summary>
    public static async Task RunAsync(ProcessStartInfo command)
    {
        (command.RedirectStandardOutput, command.RedirectStandardError) = (true, true);
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        process.ExitCode.ShouldBe(0, $"{command.FileName}: {await output}{await error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListensAsync(int port)
    {
        using var bound = new CancellationTokenSource(s_bound);
        while (true)
        {
            _process.HasExited.ShouldBeFalse("the app ended at its start");
            try
            {
                using var tcp = new TcpClient();
                await tcp.ConnectAsync(IPAddress.Loopback, port, bound.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, bound.Token);
            }
        }
    }
}
