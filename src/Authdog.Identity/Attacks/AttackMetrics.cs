using System.Diagnostics.Metrics;

namespace Authdog.Identity.Attacks;

/// <summary>Counts tries that failed, and attacks. Doors and kinds are closed lists, so that nobody outside can make more series.</summary>
public sealed class AttackMetrics
{
    private readonly Counter<long> _failures;
    private readonly Counter<long> _attacks;

    /// <summary>Makes the counters.</summary>
    public AttackMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create("Authdog.Gateway");
        _failures = meter.CreateCounter<long>("authdog.sign_in.failures", description: "Tries to sign in that failed, by door.");
        _attacks = meter.CreateCounter<long>("authdog.attacks", description: "Episodes of credential attacks, by kind.");
    }

    internal void Failed(string door) => _failures.Add(1, new KeyValuePair<string, object?>("door", door));

    internal void Detected(AttackKind kind) => _attacks.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
}
