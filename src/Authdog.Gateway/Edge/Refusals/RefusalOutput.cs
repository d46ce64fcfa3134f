using System.Buffers;
using System.IO.Pipelines;

namespace Authdog.Gateway.Edge.Refusals;

/// <summary>What the server writes to one connection. It passes as it is, until the server refuses a request by itself: that answer has a status alone, and is completed here.</summary>
internal sealed class RefusalOutput(PipeWriter inner) : PipeWriter
{
    private volatile Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? _complete;
    private ArrayBufferWriter<byte>? _held;
    private bool _isHeld;
    private bool _isRefusal;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (_held?.WrittenCount ?? 0);

    /// <summary>From now on to the next flush the server's bytes are held back and given to <paramref name="complete"/>; whoever called this ends the output.</summary>
    public void Expect(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> complete) => (_complete, _isRefusal) = (complete, true);

    public override Memory<byte> GetMemory(int sizeHint = 0) => Choose() is { } held ? held.GetMemory(sizeHint) : inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => Choose() is { } held ? held.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        // To where the memory was given from: a refusal can come up in between.
        if (_isHeld)
        {
            _held!.Advance(bytes);
        }
        else
        {
            inner.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Release();
        return inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Release();
        if (!_isRefusal)
        {
            inner.Complete(exception);
        }
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Release();
        return _isRefusal ? ValueTask.CompletedTask : inner.CompleteAsync(exception);
    }

    private ArrayBufferWriter<byte>? Choose()
    {
        _isHeld = _complete is not null;
        return _isHeld ? _held ??= new ArrayBufferWriter<byte>(1024) : null;
    }

    private void Release()
    {
        if (_held is not { WrittenCount: > 0 } held)
        {
            return;
        }

        (_held, _isHeld) = (null, false);
        var complete = _complete;
        _complete = null;
        inner.Write((complete is null ? held.WrittenMemory : complete(held.WrittenMemory)).Span);
    }
}
