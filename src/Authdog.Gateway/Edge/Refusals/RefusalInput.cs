using System.IO.Pipelines;

namespace Authdog.Gateway.Edge.Refusals;

/// <summary>What the server reads from one connection. It passes as it is; after a refusal the server's end of it is not yet the connection's.</summary>
internal sealed class RefusalInput(PipeReader inner) : PipeReader
{
    private volatile bool _isHeld;

    public bool IsHeld => _isHeld;

    /// <summary>From now on the input stays open when the server has done with it.</summary>
    public void Hold() => _isHeld = true;

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        if (!_isHeld)
        {
            inner.Complete(exception);
        }
    }

    public override ValueTask CompleteAsync(Exception? exception = null) => _isHeld ? ValueTask.CompletedTask : inner.CompleteAsync(exception);
}
