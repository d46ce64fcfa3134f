namespace Authdog.Console.Api;

/// <summary>What the gate has to know of an endpoint.</summary>
/// <param name="Scope">Scope that the key needs.</param>
/// <param name="Kind">Whether it reads or changes.</param>
internal sealed record ApiOperation(string Scope, ApiOperationKind Kind)
{
    /// <summary>Whether only a global key may, since it concerns more than one tenant.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Type of the body; null when there is none.</summary>
    public Type? Body { get; init; }
}
