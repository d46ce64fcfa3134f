using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>email-domain</c>: the whole domain of a verified address (B12); subdomains are other domains.</summary>
internal sealed class EmailDomainCriterion(string[] domains) : PersonalCriterion
{
    public override string Keyword => "email-domain";

    public override string Wanted => Wording.AnyOf(domains);

    public override IReadOnlyList<string> Values => domains;

    public override bool IsOfOne => true;

    public override SeenKind Shows => SeenKind.Email;

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        if (!hit)
        {
            return null;
        }

        var verified = Change.Of(in request, subject => subject with { EmailVerified = true }, "verifying the e-mail address", Weights.SignIn);
        return verified is not null && Judge(verified.Request, AbsentPerson.Misses) == Verdict.Hit
            ? verified
            : Change.Of(in request, subject => subject with { Email = $"somebody@{domains[0]}", EmailVerified = true }, $"somebody with a verified address at {Wanted}", Weights.OtherPerson);
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        var domain = subject.VerifiedEmailDomain;
        if (domain.IsEmpty)
        {
            return Verdict.Miss;
        }

        foreach (var wanted in domains)
        {
            if (domain.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) =>
        subject.EmailVerified ? subject.Email : subject.Email + " (not verified)";
}
