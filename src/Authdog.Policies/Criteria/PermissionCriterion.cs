using System.Collections.Frozen;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>permission</c>: exactly, letter case too.</summary>
internal sealed class PermissionCriterion(string[] permissions) : PersonalCriterion
{
    public override string Keyword => "permission";

    public override string Wanted => Wording.AnyOf(permissions);

    public override IReadOnlyList<string> Values => permissions;

    public override Change? Suppose(in AccessRequest request, bool hit) => Change.Of(
        in request,
        subject => subject with { Permissions = (hit ? subject.Permissions.Append(permissions[0]) : subject.Permissions.Except(permissions)).ToFrozenSet(StringComparer.Ordinal) },
        hit ? $"the permission {Wanted}" : $"not having the permission {Wanted}",
        Weights.Grant);

    protected override Verdict Judge(Subject subject, DateTimeOffset now)
    {
        foreach (var permission in permissions)
        {
            if (subject.Permissions.Contains(permission))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Wording.Listed(subject.Permissions);
}
