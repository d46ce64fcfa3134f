using System.Threading.RateLimiting;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>What the limits said of one request. Nothing is held: permits come back by time.</summary>
internal sealed class SharedLease(bool isAcquired, IReadOnlyList<CountedLimit> limits) : RateLimitLease
{
    private static readonly string[] s_names = [MetadataName.RetryAfter.Name];

    /// <summary>No limit concerns the request.</summary>
    public static SharedLease Free { get; } = new(isAcquired: true, []);

    /// <summary>Some limit does, and the store has not been asked yet.</summary>
    public static SharedLease NotYet { get; } = new(isAcquired: false, []);

    public override bool IsAcquired => isAcquired;

    public override IEnumerable<string> MetadataNames => RefusedBy.Any() ? s_names : [];

    /// <summary>The limits that were counted.</summary>
    public IReadOnlyList<CountedLimit> Limits => limits;

    /// <summary>Those that had no permit left and refuse.</summary>
    public IEnumerable<CountedLimit> RefusedBy => limits.Where(limit => limit is { State.IsExceeded: true, DryRun: false });

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name && RefusedBy.Any() ? RefusedBy.Max(limit => limit.State.RetryAfter) : null;
        return metadata is not null;
    }
}
