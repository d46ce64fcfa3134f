using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>session-age</c>: the session began no longer ago than this. Where that is not known it is unknown.</summary>
internal sealed class SessionAgeCriterion(TimeSpan age) : PersonalCriterion
{
    public override string Keyword => "session-age";

    public override string Wanted => "at most " + Duration.Format(age);

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        var now = request.Now;
        return hit ? Change.Of(in request, subject => subject with { SessionCreatedAt = now, AuthenticatedAt = now }, "a new session", Weights.SignIn) : null;
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => subject.SessionCreatedAt is not { } created ? Verdict.Unknown
        : AuthenticationAge.IsAtMost(created, age, now) ? Verdict.Hit
        : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) =>
        subject.SessionCreatedAt is { } created ? Duration.Format(now - created) : "unknown";
}
