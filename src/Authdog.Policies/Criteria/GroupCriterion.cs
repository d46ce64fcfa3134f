using System.Collections.Frozen;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>group</c>. Letter case does not matter: a directory's group names are not case-exact (RFC 7643, section 4.2).</summary>
internal sealed class GroupCriterion(string[] groups) : PersonalCriterion
{
    public override string Keyword => "group";

    public override string Wanted => Wording.AnyOf(groups);

    public override IReadOnlyList<string> Values => groups;

    public override Change? Suppose(in AccessRequest request, bool hit) => Change.Of(
        in request,
        subject => subject with { Groups = (hit ? subject.Groups.Append(groups[0]) : subject.Groups.Except(groups, StringComparer.OrdinalIgnoreCase)).ToFrozenSet(StringComparer.Ordinal) },
        hit ? $"the group {Wanted}" : $"not being in the group {Wanted}",
        Weights.Grant);

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        foreach (var group in subject.Groups)
        {
            foreach (var wanted in groups)
            {
                if (group.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return Verdict.Hit;
                }
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Wording.Listed(subject.Groups);
}
