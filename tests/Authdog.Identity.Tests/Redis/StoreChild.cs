using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Authdog.Identity.Tests.Redis;

/// <summary>A second process with an embedded store: this test executable, started with a variable set. It issues sessions and prints each token that it was answered.</summary>
internal static class StoreChild
{
    private const string Folder = "AUTHDOG_TEST_STORE_CHILD";
    private const string Clients = "AUTHDOG_TEST_STORE_CLIENTS";

    public static Process Start(string folder, int clients)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(StoreChild).Assembly.Location);
        }

        start.ArgumentList.Add("--help");
        start.Environment[Folder] = folder;
        start.Environment[Clients] = clients.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    /// <summary>Reads until the child says how it came by its store.</summary>
    public static async Task<string> RoleAsync(Process child)
    {
        while (true)
        {
            var line = (await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldNotBeNull();
            if (line is "owner" or "joined")
            {
                return line;
            }
        }
    }

    // The runner's entry point, which this project does not write, prints its help and returns. It waits ten seconds at most for
    // foreground threads, so the process is kept alive where it exits; the parent kills it.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Runs before the test runner's own entry point.")]
    [SuppressMessage("Usage", "VSTHRD002", Justification = "The thread does nothing else.")]
    internal static void RunBeside()
    {
        if (Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } folder)
        {
            var clients = int.Parse(Environment.GetEnvironmentVariable(Clients)!, CultureInfo.InvariantCulture);
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(Timeout.Infinite);
            new Thread(() => RunAsync(folder, clients).GetAwaiter().GetResult()) { IsBackground = true }.Start();
        }
    }

    private static async Task RunAsync(string folder, int clients)
    {
        var node = await StateNode.StartAsync(folder);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await output.WriteLineAsync(node.Embedded.IsOwner ? "owner" : "joined");
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (true)
            {
                var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser(), "staff"), null, default);
                await output.WriteLineAsync(token.Value);
            }
        }));
        await Task.Delay(Timeout.Infinite);
    }
}
