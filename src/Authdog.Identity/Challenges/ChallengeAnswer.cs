namespace Authdog.Identity.Challenges;

/// <summary>What an answer to a challenge gave: a closed set.</summary>
internal abstract record ChallengeAnswer
{
    private ChallengeAnswer()
    {
    }

    /// <summary>It is solved, and used up.</summary>
    public sealed record Passed(Challenge Challenge) : ChallengeAnswer;

    /// <summary>A code is on its way to the address that was typed.</summary>
    public sealed record CodeSent(string Email) : ChallengeAnswer;

    /// <summary>It is not solved.</summary>
    /// <param name="Field">Field that the text belongs to; empty for the page.</param>
    /// <param name="Text">Key of the text that says so.</param>
    public sealed record Refused(string Field, string Text) : ChallengeAnswer
    {
        /// <summary>The provider could not verify it: work takes its place.</summary>
        public bool ProviderIsAway { get; init; }
    }
}
