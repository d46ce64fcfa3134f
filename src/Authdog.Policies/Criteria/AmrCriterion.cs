using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>amr</c>: one of these methods (RFC 8176) was used.</summary>
internal sealed class AmrCriterion(string[] methods) : PersonalCriterion
{
    public override string Keyword => "amr";

    public override string Wanted => Wording.AnyOf(methods);

    public override IReadOnlyList<string> Values => methods;

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        var now = request.Now;
        return hit ? Change.Of(in request, subject => Sufficient.SignIn(subject, new AuthenticationRequirement { Amr = [methods[0]] }, now), $"a sign-in with {Wanted}", Weights.SignIn) : null;
    }

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        foreach (var method in methods)
        {
            if (subject.Amr.Contains(method))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Wording.Listed(subject.Amr);
}
