using System.Net;
using System.Net.Sockets;

namespace Authdog.TestKit;

/// <summary>A TCP port of the loopback that nobody uses now.</summary>
public static class FreePort
{
    /// <summary>Finds one.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
