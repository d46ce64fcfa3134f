using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>user</c>: the stable id (<c>sub</c>).</summary>
internal sealed class UserCriterion(string[] users) : PersonalCriterion
{
    public override string Keyword => "user";

    public override string Wanted => Wording.AnyOf(users);

    public override IReadOnlyList<string> Values => users;

    public override bool IsOfOne => true;

    public override SeenKind Shows => SeenKind.Personal;

    public override Change? Suppose(in AccessRequest request, bool hit) =>
        hit ? Change.Of(in request, subject => subject with { UserId = users[0] }, $"the user {Wanted}", Weights.OtherPerson) : null;

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => users.AsSpan().Contains(subject.UserId) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => subject.UserId;
}
