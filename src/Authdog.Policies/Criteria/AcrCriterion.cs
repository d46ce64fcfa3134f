using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>acr</c>: authenticated at this level or a stronger one.</summary>
internal sealed class AcrCriterion(string[] levels) : PersonalCriterion
{
    public override string Keyword => "acr";

    public override string Wanted => Wording.AnyOf(levels) + " or stronger";

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        var now = request.Now;
        return hit ? Change.Of(in request, subject => Sufficient.SignIn(subject, new AuthenticationRequirement { Acr = levels[0] }, now), $"a sign-in of level {Wanted}", Weights.SignIn) : null;
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        foreach (var level in levels)
        {
            if (AssuranceLevel.IsAtLeast(subject.Acr, level))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) => subject.Acr;
}
