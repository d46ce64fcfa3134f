using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>The process's one connection to the shared store. Every failure comes out as <see cref="StoreUnavailableException"/>, within the configured time.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan s_keepAtLeast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_takeOver = TimeSpan.FromMilliseconds(100);
    private readonly RedisOptions _options;
    private readonly EmbeddedRedis _embedded;
    private readonly ILogger _logger;
    private readonly StoreSilence? _silence;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private ConnectionMultiplexer? _multiplexer;
    private EmbeddedRedisKeeper? _keeper;
    private Task _watching = Task.CompletedTask;

    public RedisConnection(IOptions<RedisOptions> options, EmbeddedRedis embedded, ILogger<RedisConnection> logger)
    {
        _options = options.Value;
        _embedded = embedded;
        _logger = logger;

        // The embedded store that is late is not cut off: its answer comes (RedisOptions.OperationTimeout). Real time, as all time limits of a connection.
        _silence = _options.ConnectionString is null ? null : new StoreSilence(TimeProvider.System);
    }

    /// <summary>Raised when a lost connection is back: messages may have been missed.</summary>
    public event Action? Restored;

    /// <summary>Whether the store can be reached now.</summary>
    public bool IsConnected => _multiplexer?.IsConnected == true;

    /// <summary>Connects, starting the embedded store where one is wanted. An absent configured store is no error here: requests get 503 until it is there.</summary>
    public async ValueTask<ConnectionMultiplexer> StartAsync(CancellationToken cancellationToken)
    {
        if (_multiplexer is { } started)
        {
            return started;
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _multiplexer ??= await ConnectAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Runs one operation against the store, and fails at once while that is known not to answer; once it has answered, an embedded store keeps what it wrote, whatever becomes of this process.</summary>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> operation, CancellationToken cancellationToken)
    {
        var result = await RunLooseAsync(operation, cancellationToken);
        if (_options.ConnectionString is null)
        {
            await CommitAsync(cancellationToken);
        }

        return result;
    }

    /// <summary>The same for what writes nothing, or what may be lost with the process: counts of its last few milliseconds.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Rethrown as one type; none is swallowed.")]
    public async Task<T> RunLooseAsync<T>(Func<IDatabase, Task<T>> operation, CancellationToken cancellationToken)
    {
        var multiplexer = await StartAsync(cancellationToken);
        if (_silence?.MayAsk() == false)
        {
            throw new StoreUnavailableException("The store has stopped answering.");
        }

        try
        {
            if (_keeper?.RoomAsync() is { IsCompletedSuccessfully: false } room)
            {
                await room.WaitAsync(_options.LongestOperation, cancellationToken);
            }

            // The multiplexer's own timeout only ticks once a second; this bound is exact.
            var answer = await operation(multiplexer.GetDatabase()).WaitAsync(_options.LongestOperation, cancellationToken);
            NoteAnswer();
            return answer;
        }
        catch (RedisServerException e)
        {
            NoteAnswer();
            RedisLog.Refused(_logger, e);
            throw new StoreUnavailableException("The store refused a command.", e);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            if (e is TimeoutException && _silence?.NotAnswered() == true)
            {
                RedisLog.Silent(_logger);
            }

            throw new StoreUnavailableException("The store cannot be reached or did not answer in time.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        if (_multiplexer is { } multiplexer)
        {
            await multiplexer.DisposeAsync();
        }

        _keeper?.Dispose();
        _embedded.Dispose();
        _starting.Dispose();
        _stopping.Dispose();
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await _embedded.TryCommitAsync().WaitAsync(_options.LongestOperation, cancellationToken))
            {
                await RunLooseAsync(static database => database.ExecuteAsync("COMMITAOF"), cancellationToken);
            }
        }
        catch (TimeoutException e)
        {
            throw new StoreUnavailableException("The store did not keep in time what it was given.", e);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        var owner = _options.ConnectionString is null && await OwnOrJoinAsync(cancellationToken);
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(Configuration());
        multiplexer.ConnectionFailed += (_, e) => RedisLog.Lost(_logger, e.FailureType.ToString());
        multiplexer.ConnectionRestored += (_, _) =>
        {
            RedisLog.Restored(_logger);
            NoteAnswer();
            Restored?.Invoke();
        };
        if (_options.ConnectionString is null)
        {
            _keeper = new EmbeddedRedisKeeper(multiplexer, _embedded.EndPoint(), _embedded.Tail, _options.EmbeddedMemory, _logger);
            _watching = WatchEmbeddedAsync(multiplexer, _keeper, owner);
        }

        return multiplexer;
    }

    private void NoteAnswer()
    {
        if (_silence?.Answered() == true)
        {
            RedisLog.Answers(_logger);
        }
    }

    private ConfigurationOptions Configuration()
    {
        var configuration = _options.ConnectionString is { } text ? ConfigurationOptions.Parse(text) : new ConfigurationOptions();
        if (_options.ConnectionString is null)
        {
            configuration.EndPoints.Add(_embedded.EndPoint());
            configuration.AllowAdmin = true;
        }

        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = (int)_options.LongestConnect.TotalMilliseconds;
        configuration.SyncTimeout = (int)_options.LongestOperation.TotalMilliseconds;
        configuration.AsyncTimeout = (int)_options.LongestOperation.TotalMilliseconds;
        configuration.ConnectRetry = 1;
        configuration.ReconnectRetryPolicy = new LinearRetry(250);
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        configuration.ClientName = "authdog";
        return configuration;
    }

    private async Task<bool> OwnOrJoinAsync(CancellationToken cancellationToken)
    {
        // Garnet starts synchronously and blocks for its recovery.
        var owner = await Task.Run(_embedded.TryOwn, cancellationToken);
        for (var wait = 0; !owner && !File.Exists(_embedded.Socket) && wait < 50; wait++)
        {
            await Task.Delay(100, cancellationToken);
            owner = await Task.Run(_embedded.TryOwn, cancellationToken);
        }

        return owner;
    }

    /// <summary>Whoever joined another process's store takes it over when that process ends; whoever owns it keeps its live records.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A loop that must live as long as the process; failures are logged and tried again.")]
    private async Task WatchEmbeddedAsync(ConnectionMultiplexer multiplexer, EmbeddedRedisKeeper keeper, bool owner)
    {
        try
        {
            while (true)
            {
                await keeper.WaitAsync(owner ? s_keepAtLeast : s_takeOver, _stopping.Token);
                try
                {
                    if (owner)
                    {
                        await keeper.KeepAsync(_stopping.Token);
                    }
                    else if (!multiplexer.IsConnected)
                    {
                        owner = _embedded.TryOwn();
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    if (owner)
                    {
                        RedisLog.KeepFailed(_logger, e.GetType().Name);
                    }
                    else
                    {
                        RedisLog.TakeOverFailed(_logger, e);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
