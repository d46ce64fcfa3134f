using System.Globalization;
using StackExchange.Redis;

namespace Authdog.Identity.Redis.Rates;

/// <summary>The one script that counts: all limits of a request in one atomic step and one round trip, none of them taken from unless all allow it.</summary>
/// <remarks>
/// The clock is the asking node's, so that tests can turn it; a node whose clock is behind does not bring back what has passed.
/// A sliding window is kept as the number of its newest tenth and the counts of that one and the ten before it, a token bucket as its tokens and their time.
/// Per limit: bucket or window, permits, window in milliseconds, what is taken (0 looks only, below 0 gives back), watched or not.
/// </remarks>
internal static class RateScript
{
    /// <summary>Parts of a window that are counted apart.</summary>
    public const int Parts = 10;

    private const int ArgumentsOfEach = 5;
    private const int NumbersOfEach = 5;

    private const string Text = """
        local now = tonumber(ARGV[1])
        local out = {1}
        local writes = {}
        for i = 1, #KEYS do
          local a = 2 + (i - 1) * 5
          local permits, window, cost = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
          local kept = {}
          for number in string.gmatch(redis.call('GET', KEYS[i]) or '', '[^,]+') do kept[#kept + 1] = tonumber(number) end
          local exceeded, used, remaining, retry, reset, text = 0, 0, 0, 0, 0, nil
          if ARGV[a] == '1' then
            local at = math.max(now, kept[2] or now)
            local tokens = math.min(permits, (kept[1] or permits) + (at - (kept[2] or at)) * permits / window)
            if cost > 0 and tokens < cost then
              exceeded = 1
              retry = math.ceil((cost - tokens) * window / permits)
            else
              tokens = math.min(permits, tokens - cost)
              if tokens < permits then text = string.format('%.6f,%.0f', tokens, at) else text = '' end
            end
            remaining = math.floor(tokens)
            used = permits - remaining
            if remaining < 1 and retry == 0 then retry = math.ceil((1 - tokens) * window / permits) end
            reset = math.ceil((permits - tokens) * window / permits)
          else
            local step = math.ceil(window / 10)
            local newest = math.max(math.floor(now / step), kept[1] or 0)
            local shift = newest - (kept[1] or newest)
            local counts = {}
            for k = 0, 10 do
              local count = 0
              if k >= shift then count = kept[2 + k - shift] or 0 end
              counts[k] = count
              used = used + count
            end
            now = math.max(now, newest * step)
            if cost > 0 and used + cost > permits then
              exceeded = 1
            elseif cost > 0 then
              counts[0] = counts[0] + cost
              used = used + cost
            else
              local back = -cost
              for k = 0, 10 do
                local part = math.min(back, counts[k])
                counts[k] = counts[k] - part
                back = back - part
                used = used - part
              end
            end
            if exceeded == 0 then
              if used > 0 then
                text = string.format('%.0f', newest)
                for k = 0, 10 do text = text .. ',' .. string.format('%.0f', counts[k]) end
              else
                text = ''
              end
            end
            remaining = math.max(0, permits - used)
            local over = used + math.max(1, cost) - permits
            for k = 10, 0, -1 do
              local leaves = (newest - k + 11) * step - now
              if over > 0 then
                over = over - counts[k]
                if over <= 0 then retry = leaves end
              end
              if counts[k] > 0 then reset = leaves end
            end
          end
          if exceeded == 1 and ARGV[a + 4] ~= '1' then out[1] = 0 end
          if text and cost ~= 0 then writes[#writes + 1] = {KEYS[i], text, string.format('%.0f', window + math.ceil(window / 5))} end
          out[#out + 1] = exceeded
          out[#out + 1] = used
          out[#out + 1] = remaining
          out[#out + 1] = retry
          out[#out + 1] = reset
        end
        if out[1] == 0 then
          for o = 2, #out, 5 do
            if out[o] == 0 and tonumber(ARGV[5]) > 0 then
              out[o + 1] = out[o + 1] - tonumber(ARGV[5])
              out[o + 2] = out[o + 2] + tonumber(ARGV[5])
              out[o + 3] = 0
            end
          end
        else
          for _, write in ipairs(writes) do
            if write[2] == '' then redis.call('DEL', write[1]) else redis.call('SET', write[1], write[2], 'PX', write[3]) end
          end
        end
        return out
        """;

    /// <summary>Runs it.</summary>
    /// <param name="database">The store.</param>
    /// <param name="asks">The limits.</param>
    /// <param name="cost">Permits to take from each; 0 to look only, below 0 to give back.</param>
    /// <param name="now">The clock, in milliseconds since 1970.</param>
    public static async Task<RateVerdict> RunAsync(IDatabase database, IReadOnlyList<RateAsk> asks, int cost, long now)
    {
        var keys = new RedisKey[asks.Count];
        var arguments = new RedisValue[1 + (asks.Count * ArgumentsOfEach)];
        arguments[0] = now;
        for (var i = 0; i < asks.Count; i++)
        {
            var ask = asks[i];
            keys[i] = Key(ask);
            var a = 1 + (i * ArgumentsOfEach);
            arguments[a] = ask.Rate.Algorithm is RateAlgorithm.TokenBucket ? 1 : 0;
            arguments[a + 1] = ask.Rate.Permits;
            arguments[a + 2] = (long)ask.Rate.Window.TotalMilliseconds;
            arguments[a + 3] = cost;
            arguments[a + 4] = ask.IsWatched ? 1 : 0;
        }

        return Read((RedisValue[])(await database.ScriptEvaluateAsync(Text, keys, arguments))!, asks.Count);
    }

    /// <summary>Key of a limit's count.</summary>
    public static RedisKey Key(RateAsk ask) => RedisKeys.For(ask.Tenant, "rate", ask.Name, ask.Subject);

    private static RateVerdict Read(RedisValue[] numbers, int count)
    {
        if (numbers.Length != 1 + (count * NumbersOfEach))
        {
            throw new RedisException(string.Create(CultureInfo.InvariantCulture, $"The script for rates gave {numbers.Length} numbers for {count} limits."));
        }

        var states = new RateState[count];
        for (var i = 0; i < count; i++)
        {
            var n = 1 + (i * NumbersOfEach);
            states[i] = new RateState((long)numbers[n] == 1, (int)numbers[n + 1], (int)numbers[n + 2], TimeSpan.FromMilliseconds((long)numbers[n + 3]), TimeSpan.FromMilliseconds((long)numbers[n + 4]));
        }

        return new RateVerdict((long)numbers[0] == 1, states, IsLocal: false);
    }
}
