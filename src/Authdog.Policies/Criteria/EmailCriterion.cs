using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>email</c>: a whole address, verified (B12). Letter case does not matter.</summary>
internal sealed class EmailCriterion(string[] addresses) : PersonalCriterion
{
    public override string Keyword => "email";

    public override string Wanted => Wording.AnyOf(addresses);

    public override IReadOnlyList<string> Values => addresses;

    public override bool IsOfOne => true;

    public override SeenKind Shows => SeenKind.Email;

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        if (!hit)
        {
            return null;
        }

        var own = request.Subject is { } person && addresses.Contains(person.Email, StringComparer.OrdinalIgnoreCase);
        return own
            ? Change.Of(in request, subject => subject with { EmailVerified = true }, "verifying the e-mail address", Weights.SignIn)
            : Change.Of(in request, subject => subject with { Email = addresses[0], EmailVerified = true }, $"somebody with the verified address {Wanted}", Weights.OtherPerson);
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        if (!subject.EmailVerified)
        {
            return Verdict.Miss;
        }

        foreach (var address in addresses)
        {
            if (subject.Email.Equals(address, StringComparison.OrdinalIgnoreCase))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) =>
        subject.EmailVerified ? subject.Email : subject.Email + " (not verified)";
}
