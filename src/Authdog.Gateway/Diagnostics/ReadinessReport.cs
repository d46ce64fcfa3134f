using System.Text.Json.Serialization;

namespace Authdog.Gateway.Diagnostics;

/// <summary>Whether this node can do its work.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> (works, on an older set of policies, or with a standby in the place of Redis) or <c>unavailable</c>.</param>
/// <param name="Checks">The parts by name.</param>
internal sealed record ReadinessReport(string Status, IReadOnlyDictionary<string, ReadinessCheck> Checks)
{
    /// <summary>Whether traffic should come here.</summary>
    [JsonIgnore]
    public bool IsReady => Status != "unavailable";
}
