namespace Authdog.Attack;

/// <summary>What became of one sign-in.</summary>
internal enum Outcome
{
    /// <summary>There is a session.</summary>
    SignedIn,

    /// <summary>The password was judged, and wrong.</summary>
    Wrong,

    /// <summary>Somebody was asked to prove to be a person.</summary>
    Challenged,

    /// <summary>429: nothing was judged.</summary>
    Limited,

    /// <summary>503 with a place in the line, and not let in within the patience of the one who waited.</summary>
    Waited,

    /// <summary>Anything else.</summary>
    Failed,
}
