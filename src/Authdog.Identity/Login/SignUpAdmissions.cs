using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Identity.Login;

/// <summary>Who may become a user by themselves although sign-up is shut, and what they get, by whichever feature.</summary>
internal sealed class SignUpAdmissions(IEnumerable<SignUpAdmission> sources, UserDirectory users, RoleDirectory roles, AuditLog audit)
{
    /// <summary>Whether anybody may.</summary>
    public async ValueTask<bool> AreOpenAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.IsOpenAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the owner of an address may.</summary>
    public async ValueTask<bool> AdmitAsync(EmailAddress email, CancellationToken cancellationToken) => await RolesAsync(email, cancellationToken) is not null;

    /// <summary>Gives a user, who was made just now and has proved to own the address, what the address gives; nothing when it gives nothing.</summary>
    public async Task WelcomeAsync(User user, EmailAddress email, CancellationToken cancellationToken)
    {
        if (await RolesAsync(email, cancellationToken) is not { } given)
        {
            return;
        }

        // A role that was deleted since does not come back by a domain's setting.
        var existing = (await roles.ListAsync(cancellationToken)).Select(role => role.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await users.AddRolesAsync(user, given.Where(existing.Contains), cancellationToken);
        await audit.WriteAsync(new AuditEvent(user.TenantId, AuditEventKind.JoinedByDomain, user.UserId, Detail: email.Domain), CancellationToken.None);
    }

    private async ValueTask<IReadOnlyList<string>?> RolesAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.RolesAsync(email, cancellationToken) is { } roles)
            {
                return roles;
            }
        }

        return null;
    }
}
