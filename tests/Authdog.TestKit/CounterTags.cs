using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Authdog.TestKit;

/// <summary>Hears one counter of one host, however many run beside it, and keeps a tag of each measurement.</summary>
public sealed class CounterTags : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">The host's own factory, by which its meters are told from others'.</param>
    /// <param name="counter">Name of the counter.</param>
    /// <param name="tag">Name of the tag.</param>
    public CounterTags(IMeterFactory meters, string counter, string tag)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == counter && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                if (name == tag)
                {
                    _seen.Enqueue(value?.ToString() ?? string.Empty);
                }
            }
        });
        _listener.Start();
    }

    /// <summary>What was measured so far, oldest first.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
