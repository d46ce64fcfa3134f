using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Policies.Catalog;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Writes what waits in the queue, a batch at a time.</summary>
internal sealed class DecisionWriter(
    DecisionRecorder recorder,
    DecisionSeal seal,
    DecisionFiles files,
    JournalStore journal,
    PolicyCatalog catalog,
    IOptions<RecordingOptions> options,
    TimeProvider time,
    ILogger<DecisionWriter> logger) : BackgroundService
{
    /// <summary>Name of the journal in the shared store.</summary>
    public const string Journal = "decisions";

    private const int MaxBatch = 256;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private DateTimeOffset _nextWarning;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // What was decided before the end is not lost by it.
        await WriteAsync(cancellationToken);
        files.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await recorder.Queue.WaitToReadAsync(stoppingToken))
        {
            await WriteAsync(stoppingToken);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Requests go on when their record cannot be written; it is said, once a minute.")]
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        List<byte[]> batch = [];
        do
        {
            batch.Clear();
            while (batch.Count < MaxBatch && recorder.Queue.TryRead(out var queued))
            {
                batch.Add(JsonSerializer.SerializeToUtf8Bytes(seal.Seal(in queued, catalog.Current), RecordingJson.Default.RecordedDecision));
            }

            try
            {
                files.Append(batch);
                if (options.Value.MaxShared > 0 && batch.Count > 0)
                {
                    await journal.AppendAsync(TenantId.Default, Journal, batch, options.Value.MaxShared, cancellationToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Warn(batch.Count, exception);
            }
        }
        while (batch.Count == MaxBatch);

        if (recorder.TakeDropped() is > 0 and var dropped)
        {
            Warn(dropped, exception: null);
        }
    }

    private void Warn(long lost, Exception? exception)
    {
        var now = time.GetUtcNow();
        if (now >= _nextWarning)
        {
            _nextWarning = now + s_patience;
            logger.DecisionsLost(exception, lost);
        }
    }
}
