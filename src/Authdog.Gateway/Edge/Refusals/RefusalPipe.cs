using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Authdog.Gateway.Edge.Refusals;

/// <summary>Feature of a connection: its output, which <see cref="ServerRefusals"/> has completed when the server refuses a request, and its input, which is read on for a moment then.</summary>
/// <remarks>A socket that is closed with unread input resets the connection, and the client, which is still sending, loses the answer (RFC 9112, section 9.6).</remarks>
internal sealed class RefusalPipe(IDuplexPipe transport) : IDuplexPipe
{
    /// <summary>Bytes that are read and dropped at most.</summary>
    private const long DroppedAtMost = 16 * 1024 * 1024;

    /// <summary>Of whom nothing comes for so long has sent all it wanted.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(50);

    /// <summary>The same of one who was still sending, perhaps over a long way.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_whole = TimeSpan.FromSeconds(2);
    private readonly RefusalInput _input = new(transport.Input);

    public PipeReader Input => _input;

    public RefusalOutput Output { get; } = new(transport.Output);

    PipeWriter IDuplexPipe.Output => Output;

    /// <summary>Connection middleware, the last one before HTTP: what comes here is no longer encrypted.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        var pipe = new RefusalPipe(connection.Transport);
        connection.Transport = pipe;
        connection.Features.Set(pipe);
        await next(connection);
        await pipe.EndAsync();
    };

    /// <summary>The server refuses a request: what it writes next is given to <paramref name="complete"/>, and the connection ends after it.</summary>
    public void Refuse(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> complete)
    {
        _input.Hold();
        Output.Expect(complete);
    }

    private async Task EndAsync()
    {
        if (!_input.IsHeld)
        {
            return;
        }

        try
        {
            await DropAsync();
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            // Quiet, gone, or out of time: it has what it is going to get.
        }
        finally
        {
            await transport.Input.CompleteAsync();
            await transport.Output.CompleteAsync();
        }
    }

    private async Task DropAsync()
    {
        using var whole = new CancellationTokenSource(s_whole);
        for (var dropped = 0L; dropped < DroppedAtMost;)
        {
            if (!transport.Input.TryRead(out var read))
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(whole.Token);
                quiet.CancelAfter(dropped == 0 ? s_silence : s_pause);
                read = await transport.Input.ReadAsync(quiet.Token);
            }

            dropped += read.Buffer.Length;
            transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return;
            }
        }
    }
}
