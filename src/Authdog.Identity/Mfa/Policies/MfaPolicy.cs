using Authdog.Identity.Tenants;
using Authdog.Identity.Users;

namespace Authdog.Identity.Mfa.Policies;

/// <summary>Whether a user has to prove two kinds of factor at each login: the strictest of what the tenant asks of everybody and of the user's roles.</summary>
public sealed class MfaPolicy(TenantOptions<MfaOptions> options, TimeProvider time)
{
    /// <summary>Whether what is asked depends on roles at all.</summary>
    public bool ConcernsRoles => options.Value.Roles.Count > 0;

    /// <summary>What is asked of this user.</summary>
    public MfaObligation For(User user, IEnumerable<string> roles)
    {
        ArgumentNullException.ThrowIfNull(user);
        var rules = roles.Select(role => options.Value.Roles.TryGetValue(role, out var rule) ? rule : null).OfType<MfaRule>().Append(options.Value).ToList();
        DateTimeOffset? deadline = null;
        foreach (var rule in rules.Where(static rule => rule.Policy is MfaPolicyKind.Required))
        {
            var due = Due(rule, user);
            deadline = deadline is { } earlier && earlier < due ? earlier : due;
        }

        return new MfaObligation(rules.Any(static rule => rule.Policy is not MfaPolicyKind.Off), deadline, deadline <= time.GetUtcNow());
    }

    // Who was there on the day has the grace from that day on, whoever comes later from the day they come.
    private static DateTimeOffset Due(MfaRule rule, User user) =>
        (rule.RequiredFrom is { } from && from > user.CreatedAt ? from : user.CreatedAt) + rule.Grace;
}
