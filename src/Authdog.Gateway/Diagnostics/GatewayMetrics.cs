using System.Diagnostics.Metrics;
using Authdog.Gateway.Access;
using Authdog.Gateway.Edge;
using Authdog.Identity.Sessions;

namespace Authdog.Gateway.Diagnostics;

/// <summary>Counts what was decided and what looking up sessions gave. Route ids and policies come from the operator, so that nobody outside can make more series.</summary>
internal sealed class GatewayMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = EdgeMetrics.MeterName;

    private readonly Counter<long> _decisions;
    private readonly Counter<long> _lookups;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _decisions = meter.CreateCounter<long>("authdog.access.decisions", description: "Decisions by policy, outcome and reason.");
        _lookups = meter.CreateCounter<long>("authdog.session.lookups", description: "Lookups of session cookies by result.");
    }

    /// <summary>Counts one answered request.</summary>
    public void Count(HttpContext context)
    {
        if (_decisions.Enabled && context.Features.Get<AccessFeature>()?.Decision is { } decision)
        {
            _decisions.Add(1, new("policy", decision.Policy), new("outcome", decision.Outcome.ToString()), new("reason", decision.Reason.ToString()));
        }

        if (_lookups.Enabled && context.Features.Get<SessionFeature>()?.Lookup is { } lookup)
        {
            _lookups.Add(1, new KeyValuePair<string, object?>("result", lookup switch
            {
                SessionLookup.Found => "found",
                SessionLookup.StoreUnavailable => "unavailable",
                _ => "absent",
            }));
        }
    }
}
