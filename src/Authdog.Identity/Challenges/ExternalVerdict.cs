namespace Authdog.Identity.Challenges;

/// <summary>What the provider said of an answer.</summary>
internal enum ExternalVerdict
{
    /// <summary>Wrong, used already, too old, or for another site.</summary>
    Refused = 0,

    /// <summary>Right.</summary>
    Passed,

    /// <summary>The provider did not answer, or not sensibly.</summary>
    Unavailable,
}
