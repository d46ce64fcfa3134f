using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Tells every node that a cached thing has changed. A message can be lost with the connection: whoever listens is told to forget everything when it is back, and bounds the age of what it caches.</summary>
public sealed class InvalidationChannel
{
    private readonly RedisConnection _redis;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Action> _forgetAll = new(StringComparer.Ordinal);

    internal InvalidationChannel(RedisConnection redis, ILogger<InvalidationChannel> logger)
    {
        _redis = redis;
        _logger = logger;
        redis.Restored += () =>
        {
            foreach (var listener in _forgetAll.Values)
            {
                Guard(listener);
            }
        };
    }

    /// <summary>Tells all nodes, this one too, that a subject (no secret) of a topic has changed.</summary>
    public Task PublishAsync(string topic, string subject, CancellationToken cancellationToken) =>
        _redis.RunLooseAsync(database => database.PublishAsync(Channel(topic), subject), cancellationToken);

    /// <summary>Listens to a topic from now on, for the life of the process.</summary>
    public async Task SubscribeAsync(string topic, Action<string> changed, Action forgetAll, CancellationToken cancellationToken)
    {
        _forgetAll[topic] = forgetAll;
        var multiplexer = await _redis.StartAsync(cancellationToken);
        try
        {
            await multiplexer.GetSubscriber().SubscribeAsync(Channel(topic), (_, subject) => Guard(() => changed(subject.ToString())));
        }
        catch (RedisException)
        {
            // The client keeps the subscription and makes it when the store is there; forgetAll is called then.
        }
    }

    private static RedisChannel Channel(string topic) => RedisChannel.Literal("authdog:changed:" + topic);

    [SuppressMessage("Design", "CA1031", Justification = "Runs on the client's thread: an exception would end other listeners.")]
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            RedisLog.ListenerFailed(_logger, e);
        }
    }
}
