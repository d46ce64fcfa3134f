using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords;

/// <summary>A bounded queue with its own threads of low priority (I14). Clients take turns, and one alone gets at most a quarter of the places.</summary>
internal sealed class HashingQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Dictionary<string, Queue<Work>> _clients = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _length;
    private int _count;

    public HashingQueue(IOptions<PasswordOptions> options)
    {
        _length = options.Value.QueueLength;
        for (var i = 0; i < options.Value.HashingThreads; i++)
        {
            new Thread(Run) { IsBackground = true, Name = $"Password hashing {i + 1}" }.Start();
        }
    }

    /// <summary>Runs work on a hashing thread.</summary>
    /// <param name="client">Who asks, such as a network address; null when that is unknown or it does not matter.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Takes the work out of the queue if it has not begun.</param>
    /// <exception cref="HashingBusyException">The queue, or the client's share of it, is full.</exception>
    public async Task<T> RunAsync<T>(string? client, Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(client, new Work(() => Complete(done, work), cancellationToken));
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

    private void Enqueue(string? client, Work work)
    {
        var key = client ?? string.Empty;
        var share = client is null ? _length : Math.Max(1, _length / 4);
        lock (_lock)
        {
            if (_count >= _length)
            {
                RemoveCancelled();
            }

            if (_count >= _length || (_clients.TryGetValue(key, out var mine) && mine.Count >= share))
            {
                throw new HashingBusyException();
            }

            if (mine is null)
            {
                _clients.Add(key, mine = new Queue<Work>());
                _turns.Enqueue(key);
            }

            mine.Enqueue(work);
            _count++;
        }

        _waiting.Release();
    }

    private Work? Dequeue()
    {
        lock (_lock)
        {
            if (!_turns.TryDequeue(out var key))
            {
                return null;
            }

            var mine = _clients[key];
            var work = mine.Dequeue();
            _count--;
            if (mine.Count > 0)
            {
                _turns.Enqueue(key);
            }
            else
            {
                _clients.Remove(key);
            }

            return work;
        }
    }

    // Whoever hung up keeps no place that somebody else needs.
    private void RemoveCancelled()
    {
        _count = 0;
        _turns.Clear();
        foreach (var (key, queue) in _clients.ToList())
        {
            var left = new Queue<Work>(queue.Where(work => !work.Cancelled.IsCancellationRequested));
            _count += left.Count;
            if (left.Count == 0)
            {
                _clients.Remove(key);
                continue;
            }

            _clients[key] = left;
            _turns.Enqueue(key);
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
                    work.Run();
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

    private sealed record Work(Action Run, CancellationToken Cancelled);
}
