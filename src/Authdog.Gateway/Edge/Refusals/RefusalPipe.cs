using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Authdog.Gateway.Edge.Refusals;

/// <summary>Feature of a connection: its output, which <see cref="ServerRefusals"/> has completed when the server refuses a request.</summary>
internal sealed class RefusalPipe(IDuplexPipe transport) : IDuplexPipe
{
    public PipeReader Input => transport.Input;

    public RefusalOutput Output { get; } = new(transport.Output);

    PipeWriter IDuplexPipe.Output => Output;

    /// <summary>Connection middleware, the last one before HTTP: what comes here is no longer encrypted.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) => connection =>
    {
        var pipe = new RefusalPipe(connection.Transport);
        connection.Transport = pipe;
        connection.Features.Set(pipe);
        return next(connection);
    };
}
