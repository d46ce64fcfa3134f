namespace Authdog.Identity.Challenges;

/// <summary>Fields of the challenge's page.</summary>
internal static class ChallengeFields
{
    /// <summary>The sealed challenge. A passkey's form has a field "challenge" of its own.</summary>
    public const string Challenge = "challenge-sealed";

    /// <summary>The number that solves the work.</summary>
    public const string Work = "challenge-work";

    /// <summary>The form that waits.</summary>
    public const string Kept = "challenge-form";

    /// <summary>Where a route's client goes on to, sealed.</summary>
    public const string To = "to";

    /// <summary>Address for a code.</summary>
    public const string Email = "challenge-email";

    /// <summary>The button that sends the code.</summary>
    public const string Send = "challenge-send";

    /// <summary>The code.</summary>
    public const string Code = "code";
}
