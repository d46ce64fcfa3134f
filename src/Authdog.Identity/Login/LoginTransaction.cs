namespace Authdog.Identity.Login;

/// <summary>One login of one browser, kept on the server: what is required, who is signing in, where to return.</summary>
public sealed record LoginTransaction
{
    /// <summary>SHA-256 of the browser's binding cookie: another browser cannot go on with this login (B15).</summary>
    public required string Binding { get; init; }

    /// <summary>Return target; parsed before it was kept.</summary>
    public required string Return { get; init; }

    /// <summary>Address that the person typed, in normal form; null until then.</summary>
    public string? Email { get; init; }

    /// <summary>Level that is asked for; null when any will do.</summary>
    public string? Acr { get; init; }

    /// <summary>Whether a live session is not enough.</summary>
    public bool Reauthenticate { get; init; }
}
