namespace Authdog.Identity.Redis.Rates;

/// <summary>What several limits say together.</summary>
/// <param name="Allowed">Whether every one of them that counts had a permit, which is taken then; otherwise none was taken from any.</param>
/// <param name="States">Each limit, in the order in which they were asked.</param>
/// <param name="IsLocal">Whether this node has counted alone, since the shared store is away.</param>
public sealed record RateVerdict(bool Allowed, IReadOnlyList<RateState> States, bool IsLocal)
{
    /// <summary>Nothing was asked.</summary>
    public static RateVerdict Free { get; } = new(true, [], IsLocal: false);

    /// <summary>The longest wait that one of the exceeded limits asks for, whether it only watches or not.</summary>
    public TimeSpan RetryAfter => States.Where(state => state.IsExceeded).Select(state => state.RetryAfter).DefaultIfEmpty().Max();
}
