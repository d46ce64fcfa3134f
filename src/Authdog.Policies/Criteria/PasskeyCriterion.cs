using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>passkey</c>: such a passkey was used in this session, perhaps not long ago.</summary>
internal sealed class PasskeyCriterion(PasskeyRequirement wanted, TimeSpan? age) : PersonalCriterion
{
    public override string Keyword => "passkey";

    public override string Wanted => Wording.Of(wanted) + (age is { } oldest ? $", used at most {Duration.Format(oldest)} ago" : "");

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        var now = request.Now;
        return hit ? Change.Of(in request, subject => Sufficient.SignIn(subject, new AuthenticationRequirement { Passkey = wanted, MaxAge = age }, now), $"a sign-in with {Wanted}", Weights.SignIn) : null;
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => subject.HasUsed(wanted, age, now) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now)
    {
        var used = subject.FactorUses.Where(use => use.Passkey is not null).Select(use => $"{Wording.Of(use.Passkey!)} {Duration.Format(now - use.At)} ago");
        return Wording.Listed(used);
    }
}
