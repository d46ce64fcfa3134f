using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Authdog.TestKit;

/// <summary>A TCP port of the loopback that nobody uses now, and that nobody gets by chance: it is below those that the system gives to whoever asks for any (32768 and up on Linux).</summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    /// <summary>Finds one; none is given twice.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (!s_given.TryAdd(port, true))
            {
                continue;
            }

            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
