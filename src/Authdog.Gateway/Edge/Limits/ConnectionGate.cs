using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Limits;

/// <summary>Bounds open connections, in all and of one client, before a byte of theirs is read and before any TLS handshake is paid for (B18).</summary>
internal sealed class ConnectionGate(IOptions<GatewayOptions> options, TrustedProxies trusted, TimeProvider time, ILogger<ConnectionGate> logger)
{
    private static readonly TimeSpan s_logInterval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<ClientNetwork, int> _clients = new();
    private readonly LimitsOptions _limits = options.Value.Limits;
    private int _open;
    private int _refused;
    private long _nextLog;

    /// <summary>Open connections now.</summary>
    public int Open => _open;

    /// <summary>Clients with open connections that are counted.</summary>
    public int Clients => _clients.Count;

    /// <param name="connection">A TCP connection, or one of QUIC with its streams.</param>
    /// <param name="next">Serves it.</param>
    public async Task OnConnectionAsync(BaseConnectionContext connection, Func<Task> next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (Interlocked.Increment(ref _open) > _limits.MaxConnections)
        {
            Interlocked.Decrement(ref _open);
            Refuse(connection, address);
            return;
        }

        try
        {
            await EnterAsync(connection, address, next);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task EnterAsync(BaseConnectionContext connection, IPAddress? address, Func<Task> next)
    {
        // A socket file has no address, and a trusted proxy carries everybody.
        if (address is null || trusted.Contains(address))
        {
            await next();
            return;
        }

        var client = ClientNetwork.Of(address);
        var count = _clients.AddOrUpdate(client, 1, static (_, count) => count + 1);
        try
        {
            if (count > _limits.MaxConnectionsPerClient)
            {
                Refuse(connection, address);
                return;
            }

            await next();
        }
        finally
        {
            Leave(client);
        }
    }

    private void Leave(ClientNetwork client)
    {
        while (_clients.TryGetValue(client, out var count))
        {
            if (count == 1 ? _clients.TryRemove(KeyValuePair.Create(client, 1)) : _clients.TryUpdate(client, count - 1, count))
            {
                return;
            }
        }
    }

    private void Refuse(BaseConnectionContext connection, IPAddress? address)
    {
        connection.Abort(new ConnectionAbortedException("Too many connections."));
        Interlocked.Increment(ref _refused);

        // A flood must not become a flood of log lines.
        var now = time.GetTimestamp();
        var next = Interlocked.Read(ref _nextLog);
        if (next == 0 || now >= next)
        {
            var following = now + (long)(s_logInterval.TotalSeconds * time.TimestampFrequency);
            if (Interlocked.CompareExchange(ref _nextLog, following, next) == next)
            {
                logger.ConnectionsRefused(Interlocked.Exchange(ref _refused, 0), address, _open, _clients.Count);
            }
        }
    }
}
