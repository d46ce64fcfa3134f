using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>claim</c>: a claim has one of the values; without values, the claim is there at all. Compared exactly.</summary>
internal sealed class ClaimCriterion(string name, string[] values) : PersonalCriterion
{
    public override string Keyword => "claim";

    public override string Wanted => values.Length == 0 ? $"{name} present" : $"{name} = {Wording.AnyOf(values)}";

    protected override bool Matches(Subject subject, DateTimeOffset now)
    {
        if (!subject.Claims.TryGetValue(name, out var present))
        {
            return false;
        }

        foreach (var value in values)
        {
            if (present.Contains(value))
            {
                return true;
            }
        }

        return values.Length == 0 && present.Count > 0;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) =>
        subject.Claims.TryGetValue(name, out var present) ? $"{name} = {Wording.Listed(present)}" : $"{name} absent";
}
