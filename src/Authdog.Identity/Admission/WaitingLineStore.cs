using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using StackExchange.Redis;

namespace Authdog.Identity.Admission;

/// <summary>The one waiting line of all nodes: the last number issued and the last one let in.</summary>
internal sealed class WaitingLineStore(RedisConnection redis, TimeProvider time)
{
    // A new line begins at the clock's milliseconds: its numbers are above those of every line before, so that an old ticket is never behind a new one.
    private const string Step = """
        local issued = tonumber(redis.call('HGET', KEYS[1], 'issued') or ARGV[1])
        local admitted = tonumber(redis.call('HGET', KEYS[1], 'admitted') or ARGV[1])
        issued = issued + tonumber(ARGV[2])
        local before = admitted
        admitted = math.min(issued, admitted + tonumber(ARGV[3]))
        redis.call('HSET', KEYS[1], 'issued', string.format('%.0f', issued), 'admitted', string.format('%.0f', admitted))
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        return {string.format('%.0f', issued), string.format('%.0f', admitted), admitted - before}
        """;

    private static readonly RedisKey[] s_key = [RedisKeys.For(TenantId.Default, "admission", "line", string.Empty)];
    private static readonly TimeSpan s_forgotten = TimeSpan.FromHours(1);

    /// <summary>Draws a number; the last one issued is it.</summary>
    public Task<Line> JoinAsync(int letIn, CancellationToken cancellationToken) => StepAsync(1, letIn, cancellationToken);

    /// <summary>Lets some in and says how far the line is.</summary>
    public Task<Line> LookAsync(int letIn, CancellationToken cancellationToken) => StepAsync(0, letIn, cancellationToken);

    private async Task<Line> StepAsync(int join, int letIn, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [time.GetUtcNow().ToUnixTimeMilliseconds(), join, letIn, (long)s_forgotten.TotalMilliseconds];
        var numbers = (RedisValue[])(await redis.RunAsync(database => database.ScriptEvaluateAsync(Step, s_key, arguments), cancellationToken))!;
        return new Line((long)numbers[0], (long)numbers[1], (int)numbers[2]);
    }
}
