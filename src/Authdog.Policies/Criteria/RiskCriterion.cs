using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>risk</c>: how unusual the sign-in was. Written as bounds: who refuses a medium risk must not let a high one pass by forgetting it.</summary>
internal sealed class RiskCriterion(RiskLevel atLeast, RiskLevel atMost) : PersonalCriterion
{
    private static readonly string[] s_words = ["none", "low", "medium", "high"];

    /// <summary>The levels as policies write them, in rising order.</summary>
    public static IReadOnlyList<string> All => s_words;

    /// <summary>One of <see cref="All"/>.</summary>
    public static RiskLevel Parse(string word) => (RiskLevel)Array.IndexOf(s_words, word);

    /// <summary>The word for a level.</summary>
    public static string Word(RiskLevel level) => s_words[(int)level];

    public override string Keyword => "risk";

    public override string Wanted => atLeast == atMost ? Word(atLeast) : atMost == RiskLevel.High ? $"{Word(atLeast)} or higher" : $"{Word(atLeast)} to {Word(atMost)}";

    /// <summary>Whether a level can hit both.</summary>
    public bool Meets(RiskCriterion other) => atLeast <= other.Highest && other.Lowest <= atMost;

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        if (hit)
        {
            return Change.Of(in request, subject => subject with { Risk = atLeast }, $"a sign-in of risk {Wanted}", Weights.Circumstance);
        }

        // One level outside of the bounds, a lower one before a higher.
        RiskLevel? other = atLeast > RiskLevel.None ? RiskLevel.None : atMost < RiskLevel.High ? RiskLevel.High : null;
        return other is { } level ? Change.Of(in request, subject => subject with { Risk = level }, $"a sign-in of risk {Word(level)}", Weights.Circumstance) : null;
    }

    private RiskLevel Lowest => atLeast;

    private RiskLevel Highest => atMost;

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => subject.Risk >= atLeast && subject.Risk <= atMost ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Word(subject.Risk);
}
