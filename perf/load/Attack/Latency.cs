namespace Authdog.Attack;

/// <summary>What signed-in people met at the app during a phase.</summary>
/// <param name="P50">Median, ms.</param>
/// <param name="P99">99th percentile, ms.</param>
/// <param name="Requests">How many.</param>
/// <param name="Refused">Those that were not answered by the app, by what they were answered with.</param>
internal sealed record Latency(double P50, double P99, int Requests, Dictionary<string, int> Refused)
{
    public override string ToString() =>
        FormattableString.Invariant($"{P50:0.0} | {P99:0.0} | {(Refused.Count == 0 ? "0" : string.Join(", ", Refused.Select(static one => $"{one.Value} × {one.Key}")))} of {Requests}");
}
