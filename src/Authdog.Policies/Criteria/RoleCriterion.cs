using System.Collections.Frozen;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>role</c>. Letter case does not matter: the directory takes <c>Admin</c> and <c>admin</c> for one role.</summary>
internal sealed class RoleCriterion(string[] roles) : PersonalCriterion
{
    public override string Keyword => "role";

    public override string Wanted => Wording.AnyOf(roles);

    public override IReadOnlyList<string> Values => roles;

    public override Change? Suppose(in AccessRequest request, bool hit) => Change.Of(
        in request,
        subject => subject with { Roles = (hit ? subject.Roles.Append(roles[0]) : subject.Roles.Except(roles, StringComparer.OrdinalIgnoreCase)).ToFrozenSet(StringComparer.Ordinal) },
        hit ? $"the role {Wanted}" : $"not having the role {Wanted}",
        Weights.Grant);

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        foreach (var role in subject.Roles)
        {
            foreach (var wanted in roles)
            {
                if (role.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return Verdict.Hit;
                }
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Wording.Listed(subject.Roles);
}
