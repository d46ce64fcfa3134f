using System.Collections.Concurrent;
using System.Diagnostics;

namespace Authdog.Attack;

/// <summary>Signed-in people who use the app at a steady rate, whatever it takes to answer them: what a storm must not cost.</summary>
internal sealed class Traffic(Visitor[] people, int perSecond)
{
    private ConcurrentBag<double> _milliseconds = [];
    private int _refused;

    /// <summary>Begins a new phase and gives the one before.</summary>
    public (double P50, double P99, int Requests, int Refused) Cut()
    {
        var taken = Interlocked.Exchange(ref _milliseconds, []).Order().ToArray();
        var refused = Interlocked.Exchange(ref _refused, 0);
        return taken.Length == 0 ? (0, 0, 0, refused) : (taken[taken.Length / 2], taken[Math.Min(taken.Length - 1, (int)(taken.Length * 0.99))], taken.Length, refused);
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
            running.Add(VisitAsync(people[i % people.Length]));
        }

        await Task.WhenAll(running);
    }

    private async Task VisitAsync(Visitor visitor)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (!await visitor.VisitAsync(CancellationToken.None))
            {
                Interlocked.Increment(ref _refused);
            }
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _refused);
        }

        _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
