namespace Authdog.Gateway.Access.Recording;

/// <summary>One decision as it is kept: one line of JSON. Who asked and for what is in <see cref="Inputs"/>, encrypted.</summary>
internal sealed record RecordedDecision
{
    /// <summary>The id that page, problem+json and log have too.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For how many like it this one stands: 1, or more when it was sampled.</summary>
    public required double Weight { get; init; }

    /// <summary>Id of the route.</summary>
    public required string Route { get; init; }

    /// <summary>Method of the request.</summary>
    public required string Method { get; init; }

    /// <summary>What was decided.</summary>
    public required RecordedAnswer Answer { get; init; }

    /// <summary>Name of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>What would have been decided with the rules that are in shadow mode; null when the same.</summary>
    public RecordedAnswer? WithShadowRules { get; init; }

    /// <summary>What the policy of the same name in shadow mode would have decided; null when there is none, or the same.</summary>
    public RecordedAnswer? ByShadowPolicy { get; init; }

    /// <summary>Keyed hash of the user: the same person has the same one, and it leads to nobody. Null when nobody was signed in.</summary>
    public string? Person { get; init; }

    /// <summary>Keyed hash of the client's address.</summary>
    public string? Client { get; init; }

    /// <summary>What the decision depended on (<see cref="RecordedInputs"/>), encrypted.</summary>
    public byte[] Inputs { get; init; } = [];
}
