using System.Collections.Concurrent;
using System.Diagnostics;

namespace Authdog.Attack;

/// <summary>Requests at a steady rate, whatever it takes to answer them: what a storm must not cost.</summary>
/// <param name="visit">Sends one, the so manieth; null, or what came instead of the app's page.</param>
/// <param name="perSecond">How many a second.</param>
internal sealed class Traffic(Func<long, Task<string?>> visit, int perSecond)
{
    private ConcurrentBag<double> _milliseconds = [];
    private ConcurrentDictionary<string, int> _refused = new(StringComparer.Ordinal);

    /// <summary>Begins a new phase and gives the one before.</summary>
    public Latency Cut()
    {
        var taken = Interlocked.Exchange(ref _milliseconds, []).Order().ToArray();
        var refused = Interlocked.Exchange(ref _refused, new(StringComparer.Ordinal)).ToDictionary();
        return taken.Length == 0 ? new(0, 0, 0, refused) : new(taken[taken.Length / 2], taken[Math.Min(taken.Length - 1, (int)(taken.Length * 0.99))], taken.Length, refused);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Task> running = [];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; !cancellationToken.IsCancellationRequested; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(due, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }

            running.RemoveAll(static task => task.IsCompleted);
            running.Add(VisitAsync(i));
        }

        await Task.WhenAll(running);
    }

    private async Task VisitAsync(long number)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (await visit(number) is { } refusal)
            {
                Refused(refusal);
            }
        }
        catch (HttpRequestException e)
        {
            Refused(e.HttpRequestError.ToString());
        }

        _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private void Refused(string why) => _refused.AddOrUpdate(why, 1, static (_, count) => count + 1);
}
