namespace Authdog.Attack;

/// <summary>What a storm came to.</summary>
/// <param name="Attack">The storm's own sign-ins.</param>
/// <param name="Known">Honest ones in browsers that had signed in before.</param>
/// <param name="New">Honest ones in browsers that nobody has seen.</param>
/// <param name="Seconds">How long it was.</param>
/// <param name="LastJudged">After how many seconds the last password of the storm was judged.</param>
internal sealed record Storm(Tally Attack, Tally Known, Tally New, double Seconds, double LastJudged);
