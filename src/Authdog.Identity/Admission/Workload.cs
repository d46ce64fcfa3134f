namespace Authdog.Identity.Admission;

/// <summary>How the work stands that people wait for.</summary>
/// <param name="PerSecond">How many pieces of it this node does in a second.</param>
/// <param name="IsHalfFull">Whether half of its queue is taken.</param>
internal readonly record struct Workload(double PerSecond, bool IsHalfFull);
