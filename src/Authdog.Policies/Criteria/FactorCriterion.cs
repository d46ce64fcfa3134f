using System.Collections.Immutable;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>factor</c>: one of these methods (RFC 8176) was used no longer ago than this.</summary>
internal sealed class FactorCriterion(ImmutableArray<string> methods, TimeSpan age) : PersonalCriterion
{
    public override string Keyword => "factor";

    public override string Wanted => $"{Wording.AnyOf(methods)}, used at most {Duration.Format(age)} ago";

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        var now = request.Now;
        return hit ? Change.Of(in request, subject => Sufficient.SignIn(subject, new AuthenticationRequirement { Amr = methods, MaxAge = age }, now), $"a sign-in with {Wanted}", Weights.SignIn) : null;
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => subject.HasUsed(methods, age, now) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => subject.FactorUses.IsDefaultOrEmpty
        ? $"{Wording.Listed(subject.Amr)} {Duration.Format(now - subject.AuthenticatedAt)} ago"
        : Wording.Listed(subject.FactorUses.Select(use => $"{string.Join('+', use.Amr)} {Duration.Format(now - use.At)} ago"));
}
