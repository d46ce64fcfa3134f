using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>max-age</c>: authenticated no longer ago than this.</summary>
internal sealed class MaxAgeCriterion(TimeSpan age) : PersonalCriterion
{
    public override string Keyword => "max-age";

    public override string Wanted => "at most " + Duration.Format(age);

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        var now = request.Now;
        return hit ? Change.Of(in request, subject => Sufficient.SignIn(subject, new AuthenticationRequirement(), now), "a new sign-in", Weights.SignIn) : null;
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now) =>
        AuthenticationAge.IsAtMost(subject.AuthenticatedAt, age, now) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Duration.Format(now - subject.AuthenticatedAt);
}
