using System.Diagnostics.Metrics;

namespace Authdog.Gateway.Edge;

/// <summary>Counts what was refused before any policy was asked. Reasons are a closed list, so that nobody outside can make more series.</summary>
internal sealed class EdgeMetrics
{
    /// <summary>Name of the gateway's meter.</summary>
    public const string MeterName = "Authdog.Gateway";

    private readonly Counter<long> _refusals;

    public EdgeMetrics(IMeterFactory meters) =>
        _refusals = meters.Create(MeterName).CreateCounter<long>("authdog.edge.refusals", description: "Requests refused at the edge, by reason.");

    /// <param name="reason">Code of the answer.</param>
    public void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
