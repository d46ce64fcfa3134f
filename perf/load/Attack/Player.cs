using System.Diagnostics;
using System.Text.Json;

namespace Authdog.Attack;

/// <summary>A process of its own that plays a part: told what to do by lines, it answers each with a line of JSON. Ended by the end of its input, or with its owner.</summary>
internal sealed class Player : IAsyncDisposable
{
    private readonly Process _process;

    private Player(Process process) => _process = process;

    /// <summary>Starts a part and waits until it is ready.</summary>
    /// <param name="part">The name under which the program knows it.</param>
    /// <param name="idle">Whether it gets what processor time nobody else wants: attackers come from other machines, and must not take the gateway's cores.</param>
    /// <param name="stage">Where it plays.</param>
    public static async Task<Player> StartAsync(string part, bool idle, Stage stage)
    {
        var start = new ProcessStartInfo("chrt", [idle ? "--idle" : "--other", "0", "dotnet", typeof(Player).Assembly.Location, part])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var player = new Player(Process.Start(start)!);
        await player.AskAsync<bool>(JsonSerializer.Serialize(stage));
        return player;
    }

    /// <summary>The other end: reads its stage, then answers line by line.</summary>
    public static async Task PlayAsync(Func<Stage, Task<Func<string[], Task<object>>>> begin)
    {
        var stage = JsonSerializer.Deserialize<Stage>((await Console.In.ReadLineAsync())!)!;
        var play = await begin(stage);
        Console.WriteLine("true");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(JsonSerializer.Serialize(await play(line.Split(' '))));
        }
    }

    public async Task<T> AskAsync<T>(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<T>(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A player has ended; what it said stands above."))!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
