using System.Globalization;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using StackExchange.Redis;

namespace Authdog.Identity.Admission;

/// <summary>The one waiting line of all nodes: in it are those who ask again, in the order in which they drew their numbers.</summary>
/// <remarks>Drawing a number costs a program nothing, so a number that is only drawn holds nobody up: it counts from its first question on, and no longer than its holder goes on asking. Until then the line is open for its sake only while there is no room.</remarks>
internal sealed class WaitingLineStore(RedisConnection redis, TimeProvider time)
{
    // Drawn and waiting are ordered by number, the others by the time until which they are known. A new number is never below the clock's
    // milliseconds, so that one of a line long over is never behind a new one.
    private const string Step = """
        local drawn, drawnUntil, waiting, waitingUntil, letIn, last = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
        local now, number, places = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
        local deadline = now + tonumber(ARGV[4])
        local function leave(line, known)
          for _, gone in ipairs(redis.call('ZRANGEBYSCORE', known, '-inf', now)) do redis.call('ZREM', line, gone) end
          redis.call('ZREMRANGEBYSCORE', known, '-inf', now)
        end
        leave(drawn, drawnUntil)
        leave(waiting, waitingUntil)
        redis.call('ZREMRANGEBYSCORE', letIn, '-inf', now)
        local function open() return (redis.call('ZCARD', waiting) > 0 or (places == 0 and redis.call('ZCARD', drawn) > 0)) and 1 or 0 end
        if number ~= '' and redis.call('ZSCORE', letIn, number) then return {number, 0, 0, open()} end
        if number ~= '' and (redis.call('ZSCORE', drawn, number) or redis.call('ZSCORE', waiting, number)) then
          redis.call('ZREM', drawn, number)
          redis.call('ZREM', drawnUntil, number)
          redis.call('ZADD', waiting, number, number)
          redis.call('ZADD', waitingUntil, deadline, number)
        else
          number = string.format('%.0f', math.max(now, (tonumber(redis.call('GET', last) or '0')) + 1))
          redis.call('SET', last, number)
          redis.call('ZADD', drawn, number, number)
          redis.call('ZADD', drawnUntil, deadline, number)
        end
        local count = 0
        if places > 0 then
          for _, next in ipairs(redis.call('ZRANGE', waiting, 0, places - 1)) do
            redis.call('ZREM', waiting, next)
            redis.call('ZREM', waitingUntil, next)
            redis.call('ZADD', letIn, now + tonumber(ARGV[5]), next)
            count = count + 1
          end
        end
        local position = 0
        if not redis.call('ZSCORE', letIn, number) then
          local rank = redis.call('ZRANK', waiting, number)
          position = rank and rank + 1 or redis.call('ZCARD', waiting) + redis.call('ZRANK', drawn, number) + 1
        end
        for i = 1, 6 do redis.call('PEXPIRE', KEYS[i], 3600000) end
        return {number, position, count, open()}
        """;

    private static readonly RedisKey[] s_keys =
        [.. new[] { "drawn", "drawn-until", "waiting", "waiting-until", "let-in", "last" }.Select(static part => (RedisKey)RedisKeys.For(TenantId.Default, "admission", part, string.Empty))];

    /// <summary>How long one may go without asking: longer than the page takes to ask again by itself, whatever it was told.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    // For who was let in and has not come for it yet.
    private static readonly TimeSpan s_called = TimeSpan.FromMinutes(5);

    /// <summary>Draws a number, after some were let in.</summary>
    public Task<Line> DrawAsync(int letIn, CancellationToken cancellationToken) => StepAsync(string.Empty, letIn, cancellationToken);

    /// <summary>Asks with a number, and lets some in.</summary>
    public Task<Line> AskAsync(long number, int letIn, CancellationToken cancellationToken) => StepAsync(number.ToString(CultureInfo.InvariantCulture), letIn, cancellationToken);

    private async Task<Line> StepAsync(string number, int letIn, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [time.GetUtcNow().ToUnixTimeMilliseconds(), number, letIn, (long)Patience.TotalMilliseconds, (long)s_called.TotalMilliseconds];
        var answer = (RedisValue[])(await redis.RunLooseAsync(database => database.ScriptEvaluateAsync(Step, s_keys, arguments), cancellationToken))!;
        return new Line((long)answer[0], (long)answer[1], (int)answer[2], (int)answer[3] == 1);
    }
}
