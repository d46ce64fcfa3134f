using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Authdog.TestKit;

/// <summary>The built gateway as a process of its own, as an operator starts it: free ports, a current folder of its own.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private GatewayProcess(Process process, string folder, string url, string managementUrl)
    {
        _process = process;
        Folder = folder;
        Url = url;
        ManagementUrl = managementUrl;
    }

    /// <summary>Its current folder.</summary>
    public string Folder { get; }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Where its management listener listens.</summary>
    public string ManagementUrl { get; }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>What it has written so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it has written to the error stream so far.</summary>
    public string Error => Read(_error);

    /// <summary>The folder of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Starts it in a folder and waits until it says that it is ready.</summary>
    public static async Task<GatewayProcess> StartAsync(string folder, params string[] arguments)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}");
        var managementUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var gateway = Launch(folder, url, managementUrl, ["--urls", url, $"--Gateway:ManagementUrl={managementUrl}", .. arguments]);
        try
        {
            await gateway.WaitForAsync(() => gateway.Output.Contains("/readyz", StringComparison.Ordinal));
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int ExitStatus, string Output, string Error)> RunAsync(string folder, params string[] arguments) =>
        RunWithInputAsync(folder, string.Empty, arguments);

    /// <summary>Runs a command that reads a text from its standard input, to its end.</summary>
    public static async Task<(int ExitStatus, string Output, string Error)> RunWithInputAsync(string folder, string input, params string[] arguments)
    {
        await using var gateway = Launch(folder, string.Empty, string.Empty, arguments, input);
        using var patience = new CancellationTokenSource(s_patience);
        await gateway._process.WaitForExitAsync(patience.Token);
        return (gateway._process.ExitCode, gateway.Output, gateway.Error);
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="TimeoutException">It did not become so, or the process ended before.</exception>
    public Task WaitForAsync(Func<bool> condition) => WaitForAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="TimeoutException">It did not become so, or the process ended before.</exception>
    public async Task WaitForAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > s_patience)
            {
                throw new TimeoutException($"The gateway {(_process.HasExited ? "ended" : "did not become ready")}.\n{Output}\n{Error}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Asks it to stop, as a service manager does, and returns its exit status.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static GatewayProcess Launch(string folder, string url, string managementUrl, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Assembly());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A process that starts beside other tests may have to wait for its turn.
        start.Environment.TryAdd("Redis__ConnectTimeout", "00:00:10");
        start.Environment.TryAdd("Redis__OperationTimeout", "00:00:10");
        var process = new Process { StartInfo = start };
        var gateway = new GatewayProcess(process, folder, url, managementUrl);
        process.OutputDataReceived += (_, line) => Append(gateway._output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(gateway._error, line.Data);
        process.Start();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return gateway;
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    // …/tests/X/bin/<configuration>/net10.0/ → …/src/Authdog.Gateway/bin/<configuration>/net10.0/Authdog.Gateway.dll
    private static string Assembly()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Repository, "src", "Authdog.Gateway", "bin", framework.Parent!.Name, framework.Name, "Authdog.Gateway.dll");
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Authdog.Gateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
