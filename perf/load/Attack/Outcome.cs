namespace Authdog.Attack;

/// <summary>What became of one sign-in.</summary>
internal enum Outcome
{
    /// <summary>There is a session.</summary>
    SignedIn,

    /// <summary>There is a session, after the browser did a silent proof of work.</summary>
    SignedInAfterWork,

    /// <summary>The password was judged, and wrong.</summary>
    Wrong,

    /// <summary>A challenge that was not solved: by a program that does no work, or because work was not enough.</summary>
    Challenged,

    /// <summary>429: nothing was judged.</summary>
    Limited,

    /// <summary>503 with a place in the line, and not let in within the patience of the one who waited.</summary>
    Waited,

    /// <summary>Anything else.</summary>
    Failed,
}
