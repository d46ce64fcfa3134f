using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Authdog.TestKit.Saml;

/// <summary>A server of somebody else's as a process on a loopback port, stopped by process id; it ends with the test process.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly List<string> _said = [];

    private LocalServer(Process process) => _process = process;

    /// <summary>Starts it and waits until its port answers.</summary>
    public static async Task<LocalServer> StartAsync(ProcessStartInfo start, int port)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var server = new LocalServer(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start."));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill();
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(port))
        {
            if (server._process.HasExited || Stopwatch.GetElapsedTime(started) > s_bound)
            {
                throw new InvalidOperationException($"{start.FileName} did not come up. {server.Said}");
            }

            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>What it wrote, for messages of failed tests.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said.TakeLast(40));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? string.Empty);
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
