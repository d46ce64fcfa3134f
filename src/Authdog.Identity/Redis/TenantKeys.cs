using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis;

/// <summary>All that the shared store keeps of a tenant: every such key begins with its id (<see cref="RedisKeys"/>).</summary>
internal sealed class TenantKeys(RedisConnection redis)
{
    private const int PageSize = 1000;

    /// <summary>Keys of a tenant that begin with an area, such as <c>sessions:</c>; empty for all.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(TenantId tenant, string area, CancellationToken cancellationToken)
    {
        var multiplexer = await redis.StartAsync(cancellationToken);
        List<string> keys = [];
        foreach (var server in multiplexer.GetServers().Where(server => server.IsConnected && !server.IsReplica))
        {
            await foreach (var key in server.KeysAsync(pattern: $"authdog:{tenant.Value}:{area}*", pageSize: PageSize).WithCancellation(cancellationToken))
            {
                keys.Add(key.ToString());
            }
        }

        return keys;
    }

    /// <summary>Deletes them all.</summary>
    public async Task EraseAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        foreach (var page in (await ListAsync(tenant, string.Empty, cancellationToken)).Chunk(PageSize))
        {
            await redis.RunAsync(database => database.KeyDeleteAsync([.. page.Select(key => (StackExchange.Redis.RedisKey)key)]), cancellationToken);
        }
    }
}
