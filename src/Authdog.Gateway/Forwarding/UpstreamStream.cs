using System.Net.Sockets;

namespace Authdog.Gateway.Forwarding;

/// <summary>A connection to an app. An app that refuses an upload answers before its end and closes the connection; what cannot be sent any more is then let go of, so that the answer, which is there already, can be read.</summary>
/// <remarks>Such a connection is dead, which the pool sees before it would be used again: its end can be read.</remarks>
internal sealed class UpstreamStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private volatile bool _isBroken;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isBroken)
        {
            return default;
        }

        var writing = base.WriteAsync(buffer, cancellationToken);
        return writing.IsCompletedSuccessfully ? writing : AwaitAsync(writing);
    }

    private async ValueTask AwaitAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted })
        {
            _isBroken = true;
        }
    }
}
