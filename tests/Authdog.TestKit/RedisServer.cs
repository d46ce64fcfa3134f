using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Authdog.TestKit;

/// <summary>Debian's <c>redis-server</c> on a unix socket in a folder of its own, with its append-only file; stopped by process id.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly Lock s_lock = new();
    private static Task<RedisServer>? s_shared;
    private readonly string _folder;
    private Process? _process;

    private RedisServer(string folder) => _folder = folder;

    /// <summary>The connection string.</summary>
    public string ConnectionString => "!" + Socket;

    private string Socket => Path.Combine(_folder, "redis.sock");

    /// <summary>The server that a whole test run shares; it ends with the test process.</summary>
    public static Task<RedisServer> SharedAsync()
    {
        lock (s_lock)
        {
            return s_shared ??= StartAsync();
        }
    }

    /// <summary>Starts a server of one's own, which may be stopped and started again.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(Directory.CreateTempSubdirectory("authdog-redis-").FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it again on the same files.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["--port", "0", "--unixsocket", Socket, "--unixsocketperm", "700", "--dir", _folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--loglevel", "warning"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server does not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var until = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || until.Elapsed > TimeSpan.FromSeconds(20))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"redis-server did not come up in {_folder} (exited: {_process.HasExited})."));
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Ends it like <c>kill -9</c>.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>Stops it from answering while its connections stay open (SIGSTOP); <see cref="Kill"/> still ends it.</summary>
    public Task HangAsync() => SignalAsync("-STOP");

    /// <summary>Lets it answer again after <see cref="HangAsync"/>.</summary>
    public Task GoOnAsync() => SignalAsync("-CONT");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
            await probe.SendAsync("PING\r\n"u8.ToArray());
            var answer = new byte[5];
            return await probe.ReceiveAsync(answer) == 5 && answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
