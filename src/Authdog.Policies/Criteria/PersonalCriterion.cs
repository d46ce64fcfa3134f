using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>A criterion about who asks: nothing to say while nobody is signed in.</summary>
internal abstract class PersonalCriterion : Criterion
{
    public sealed override Verdict Judge(in AccessRequest request, AbsentPerson absent) => request.Subject is { } subject
        ? Judge(subject, request.Now)
        : absent == AbsentPerson.PullsToHit ? Verdict.Hit : Verdict.Miss;

    public sealed override string? Seen(in AccessRequest request) =>
        request.Subject is { } subject ? SeenOf(subject, request.Now) : "nobody is signed in";

    protected abstract Verdict Judge(Subject subject, DateTimeOffset now);

    protected abstract string SeenOf(Subject subject, DateTimeOffset now);
}
