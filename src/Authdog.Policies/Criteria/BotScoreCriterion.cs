using System.Globalization;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>bot-score</c>: how likely the client is a program, 0 to 100. A score that is not known is unknown, never a miss.</summary>
internal sealed class BotScoreCriterion(int atLeast, int atMost) : Criterion
{
    /// <summary>The highest score.</summary>
    public const int Highest = 100;

    public override string Keyword => "bot-score";

    public override string Wanted => string.Create(CultureInfo.InvariantCulture, $"{atLeast} to {atMost}");

    public override Cost Cost => Cost.Lookup;

    public override string Seen(in AccessRequest request) => request.Facts switch
    {
        { BotScore: { } score, BotSignals: { } signals } => string.Create(CultureInfo.InvariantCulture, $"{score} ({signals})"),
        { BotScore: { } score } => score.ToString(CultureInfo.InvariantCulture),
        _ => "unknown",
    };

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) =>
        request.Facts?.BotScore is not { } score ? Verdict.Unknown : score >= atLeast && score <= atMost ? Verdict.Hit : Verdict.Miss;
}
