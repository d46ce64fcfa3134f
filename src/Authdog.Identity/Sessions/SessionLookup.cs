namespace Authdog.Identity.Sessions;

/// <summary>What looking up a cookie gave: a closed set, never null and never an exception.</summary>
public abstract record SessionLookup
{
    private SessionLookup()
    {
    }

    /// <summary>A live session.</summary>
    public sealed record Found(Session Session) : SessionLookup;

    /// <summary>No cookie, a malformed one, or one whose session is over (B6: all the same).</summary>
    public sealed record Absent : SessionLookup
    {
        /// <summary>The one instance.</summary>
        public static Absent Instance { get; } = new();
    }

    /// <summary>The store cannot be asked, and no snapshot is fresh enough: who this is stays unknown, and unknown is denied with 503.</summary>
    public sealed record StoreUnavailable : SessionLookup
    {
        /// <summary>The one instance.</summary>
        public static StoreUnavailable Instance { get; } = new();
    }
}
