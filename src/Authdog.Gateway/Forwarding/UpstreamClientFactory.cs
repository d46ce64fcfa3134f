using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Authdog.Gateway.Forwarding;

/// <summary>YARP's clients, with connections of <see cref="UpstreamStream"/>.</summary>
internal sealed class UpstreamClientFactory(ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectCallback = static async (connection, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(connection.DnsEndPoint, cancellationToken);
                return new UpstreamStream(socket);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
    }
}
