using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>email-domain</c>: the whole domain of a verified address (B12); subdomains are other domains.</summary>
internal sealed class EmailDomainCriterion(string[] domains) : PersonalCriterion
{
    public override string Keyword => "email-domain";

    public override string Wanted => Wording.AnyOf(domains);

    protected override bool Matches(Subject subject, DateTimeOffset now)
    {
        var at = subject.Email.IndexOf('@', StringComparison.Ordinal);

        // a@evil@corp.com belongs to nobody: exactly one @, or no domain at all.
        if (!subject.EmailVerified || at <= 0 || at != subject.Email.LastIndexOf('@'))
        {
            return false;
        }

        var domain = subject.Email.AsSpan(at + 1);
        foreach (var wanted in domains)
        {
            if (domain.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) =>
        subject.EmailVerified ? subject.Email : subject.Email + " (not verified)";
}
