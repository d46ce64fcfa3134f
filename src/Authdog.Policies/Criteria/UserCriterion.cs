using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>user</c>: the stable id (<c>sub</c>).</summary>
internal sealed class UserCriterion(string[] users) : PersonalCriterion
{
    public override string Keyword => "user";

    public override string Wanted => Wording.AnyOf(users);

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => users.AsSpan().Contains(subject.UserId) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => subject.UserId;
}
