namespace Authdog.Gateway.Routing;

/// <summary>An operator's mistake in a route: place, value and cure, with a searchable code.</summary>
/// <param name="Code"><c>AG11nn</c>.</param>
/// <param name="Place">Configuration key.</param>
/// <param name="Value">What it says now; null when absent.</param>
/// <param name="Cure">What to write instead.</param>
internal sealed record RouteError(string Code, string Place, string? Value, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() => Value is null ? $"{Code} {Place} is missing: {Cure}" : $"{Code} {Place} = '{Value}': {Cure}";
}
