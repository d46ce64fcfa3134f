using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>role</c>. Letter case does not matter: the directory takes <c>Admin</c> and <c>admin</c> for one role.</summary>
internal sealed class RoleCriterion(string[] roles) : PersonalCriterion
{
    public override string Keyword => "role";

    public override string Wanted => Wording.AnyOf(roles);

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
