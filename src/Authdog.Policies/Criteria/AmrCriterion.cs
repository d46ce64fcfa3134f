using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>amr</c>: one of these methods (RFC 8176) was used.</summary>
internal sealed class AmrCriterion(string[] methods) : PersonalCriterion
{
    public override string Keyword => "amr";

    public override string Wanted => Wording.AnyOf(methods);

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
