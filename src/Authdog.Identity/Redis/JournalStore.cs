using System.Runtime.CompilerServices;
using System.Text;
using Authdog.Identity.Identifiers;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Bounded lists of lines that all nodes write to: the oldest lines go first (B18).</summary>
public sealed class JournalStore
{
    private const int Page = 500;
    private readonly RedisConnection _redis;

    internal JournalStore(RedisConnection redis) => _redis = redis;

    /// <summary>Adds lines, and drops the oldest beyond <paramref name="most"/>.</summary>
    public async Task AppendAsync(TenantId tenant, string name, IReadOnlyCollection<byte[]> lines, int most, CancellationToken cancellationToken)
    {
        RedisValue[] values = [.. lines.Select(line => (RedisValue)line)];
        var key = Key(tenant, name);
        await _redis.RunAsync(database => database.ListLeftPushAsync(key, values), cancellationToken);
        await _redis.RunAsync(
            async database =>
            {
                await database.ListTrimAsync(key, 0, most - 1);
                return true;
            },
            cancellationToken);
    }

    /// <summary>All lines, newest first. Lines that are added meanwhile may make an older one come twice.</summary>
    public async IAsyncEnumerable<string> ReadAsync(TenantId tenant, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = Key(tenant, name);
        for (long from = 0; ; from += Page)
        {
            var start = from;
            var page = await _redis.RunLooseAsync(database => database.ListRangeAsync(key, start, start + Page - 1), cancellationToken);
            foreach (var line in page)
            {
                yield return Encoding.UTF8.GetString((byte[])line!);
            }

            if (page.Length < Page)
            {
                yield break;
            }
        }
    }

    private static string Key(TenantId tenant, string name) => RedisKeys.For(tenant, "journal", name, string.Empty);
}
