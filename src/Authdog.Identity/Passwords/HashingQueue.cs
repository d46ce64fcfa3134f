using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords;

/// <summary>A bounded queue with its own threads of low priority (I14). Whoever has a session, or has waited in line, goes first and has places of their own; in each lane clients take turns.</summary>
internal sealed class HashingQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly HashingLane _first;
    private readonly HashingLane _others;
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _length;
    private readonly int _threads;

    // As a password takes on this machine under load, until one has been hashed.
    private double _seconds = 0.05;

    public HashingQueue(IOptions<PasswordOptions> options)
    {
        (_length, _threads) = (options.Value.QueueLength, options.Value.HashingThreads is > 0 and var threads ? threads : Environment.ProcessorCount);
        (_first, _others) = (new HashingLane(_length), new HashingLane(_length));
        for (var i = 0; i < _threads; i++)
        {
            new Thread(Run) { IsBackground = true, Name = $"Password hashing {i + 1}" }.Start();
        }
    }

    /// <summary>Passwords a second that the threads hash.</summary>
    public double PerSecond
    {
        get
        {
            lock (_lock)
            {
                return _threads / _seconds;
            }
        }
    }

    /// <summary>Whether half of the places of either lane are taken.</summary>
    public bool IsHalfFull
    {
        get
        {
            lock (_lock)
            {
                return Math.Max(_first.Count, _others.Count) * 2 >= _length;
            }
        }
    }

    /// <summary>Runs work on a hashing thread.</summary>
    /// <param name="client">Who asks, such as a network address; null when that is unknown or it does not matter.</param>
    /// <param name="first">Whether it goes before those who do not.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Takes the work out of the queue if it has not begun.</param>
    /// <exception cref="HashingBusyException">The queue, or the client's share of it, is full.</exception>
    public async Task<T> RunAsync<T>(string? client, bool first, Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(client, first, new HashingWork(() => Complete(done, work), cancellationToken));
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource<T>)state!).TrySetCanceled(token), done);
        return await done.Task;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        try
        {
            done.TrySetResult(work());
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the caller, not to this thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            done.TrySetException(e);
        }
    }

    private void Enqueue(string? client, bool first, HashingWork work)
    {
        lock (_lock)
        {
            if (!(first ? _first : _others).TryEnqueue(client, work))
            {
                throw new HashingBusyException();
            }
        }

        _waiting.Release();
    }

    private HashingWork? Dequeue()
    {
        lock (_lock)
        {
            return _first.Dequeue() ?? _others.Dequeue();
        }
    }

    private void Measure(long start)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        lock (_lock)
        {
            _seconds = (0.9 * _seconds) + (0.1 * seconds);
        }
    }

    private void Run()
    {
        LowerPriority();
        try
        {
            while (true)
            {
                _waiting.Wait(_stopping.Token);
                if (Dequeue() is { Cancelled.IsCancellationRequested: false } work)
                {
                    var start = Stopwatch.GetTimestamp();
                    work.Run();
                    Measure(start);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The host stops.
        }
    }

    // .NET's thread priority does nothing on Linux; nice does, per thread.
    private static void LowerPriority()
    {
        if (OperatingSystem.IsLinux())
        {
            const int Process = 0, ThisThread = 0, Niceness = 10;
            _ = setpriority(Process, ThisThread, Niceness);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setpriority(int which, uint who, int niceness);
}
