namespace Authdog.Gateway.Diagnostics;

/// <summary>How one part is.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> or <c>unavailable</c>.</param>
/// <param name="Problems">What is wrong; empty when nothing is.</param>
internal sealed record ReadinessCheck(string Status, IReadOnlyList<string> Problems)
{
    /// <summary>Nothing is wrong.</summary>
    public static ReadinessCheck Ok { get; } = new("ok", []);
}
