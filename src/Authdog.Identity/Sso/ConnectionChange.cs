namespace Authdog.Identity.Sso;

/// <summary>What a change of a connection gave: a closed set.</summary>
public abstract record ConnectionChange
{
    private ConnectionChange()
    {
    }

    /// <summary>It is written, and every node knows.</summary>
    /// <param name="Connection">The connection as it is now.</param>
    public sealed record Done(Connection Connection) : ConnectionChange
    {
        /// <summary>How many sessions have ended because people of its domains began them otherwise (<see cref="EnforcedSessions"/>).</summary>
        public int EndedSessions { get; init; }
    }

    /// <summary>Nothing is written.</summary>
    /// <param name="Mistakes">What is wrong, each with its cure.</param>
    public sealed record Refused(IReadOnlyList<string> Mistakes) : ConnectionChange;

    /// <summary>There is no such connection.</summary>
    public sealed record Unknown : ConnectionChange;
}
