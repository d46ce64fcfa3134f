using System.Security.Cryptography;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>The tenant's users, over ASP.NET Core Identity's <c>UserManager</c>. Scoped to the current tenant; password hashes come ready made from <c>Passwords</c>.</summary>
/// <remarks>Creation, password changes and shutting out write their audit event in the same transaction. Roles are in <see cref="RoleAssignments"/>.</remarks>
public sealed class UserDirectory(UserManager<User> users, RoleAssignments assignments, DirectoryContext context, AuditLog audit, TimeProvider time)
{
    private const int Tries = 5;

    /// <summary>The user with this address; null when there is none.</summary>
    public Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken) =>
        context.Set<User>().SingleOrDefaultAsync(u => u.NormalizedEmail == email.Normalized, cancellationToken);

    /// <summary>Whether a user's address is probably of the same mailbox (<see cref="EmailAddress.Mailbox"/>).</summary>
    public Task<bool> HasMailboxAsync(EmailAddress email, CancellationToken cancellationToken) =>
        context.Set<User>().AnyAsync(u => u.Mailbox == email.Mailbox, cancellationToken);

    /// <summary>The user with this id; null when there is none.</summary>
    public Task<User?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        context.Set<User>().SingleOrDefaultAsync(u => u.Id == user.Value, cancellationToken);

    /// <summary>Whether the directory still has the user as they were read: not shut out, not deleted, credentials the same.</summary>
    public Task<bool> IsStillAsync(User user, CancellationToken cancellationToken) =>
        context.Set<User>().AnyAsync(u => u.Id == user.Id && !u.Disabled && u.SecurityStamp == user.SecurityStamp, cancellationToken);

    /// <summary>Users in order of creation: at most <paramref name="limit"/> of those after <paramref name="after"/>, or the first.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(UserId? after, int limit, CancellationToken cancellationToken)
    {
        var query = context.Set<User>().AsNoTracking();
        if (after is { Value: var id })
        {
            query = query.Where(u => u.Id > id);
        }

        return await query.OrderBy(u => u.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a user; null when the address is taken.</summary>
    public async Task<User?> CreateAsync(EmailAddress email, bool emailVerified, string? name, string? passwordHash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = new User
        {
            Id = UserId.New(now).Value,
            TenantId = context.Tenant,
            UserName = email.Value,
            Email = email.Value,
            Mailbox = email.Mailbox,
            EmailConfirmed = emailVerified,
            Name = name,
            PasswordHash = passwordHash,
            LockoutEnabled = true,
            CreatedAt = now,
        };
        var entry = audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.UserCreated, user.UserId));
        try
        {
            var result = await users.CreateAsync(user);
            if (result.Succeeded)
            {
                return user;
            }

            Forget(user, entry);
            return result.Errors.All(e => e.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName))
                ? null
                : throw new InvalidOperationException($"The user was refused: {Codes(result)}.");
        }
        catch (DbUpdateException)
        {
            // Two at once: the unique index lets one in.
            Forget(user, entry);
            if (await FindByEmailAsync(email, cancellationToken) is null)
            {
                throw;
            }

            return null;
        }
    }

    /// <summary>Replaces the password hash (PHC string) and the security stamp.</summary>
    public Task SetPasswordHashAsync(User user, string passwordHash, CancellationToken cancellationToken) =>
        ChangeAsync(user, AuditEventKind.PasswordChanged, u =>
        {
            u.PasswordHash = passwordHash;
            u.PasswordLeakedAt = null;
            u.SecurityStamp = NewStamp();
        }, cancellationToken);

    /// <summary>Ends the password and every link that rests on the security stamp, and asks the user to look over the other ways to sign in.</summary>
    public Task SetCompromisedAsync(User user, CancellationToken cancellationToken) =>
        ChangeAsync(user, null, u =>
        {
            u.PasswordHash = null;
            u.PasswordLeakedAt = null;
            u.SecurityStamp = NewStamp();
            u.ReviewSince = time.GetUtcNow();
        }, cancellationToken);

    /// <summary>Notes that the password is in a list of leaked ones; with <paramref name="replace"/>, it has to be replaced at the next sign-in.</summary>
    public Task SetPasswordLeakedAsync(User user, bool replace, CancellationToken cancellationToken) =>
        ChangeAsync(user, AuditEventKind.PasswordLeaked, u => u.PasswordLeakedAt = replace ? time.GetUtcNow() : u.PasswordLeakedAt, cancellationToken);

    /// <summary>The user has looked over the ways to sign in.</summary>
    public Task SetReviewedAsync(User user, CancellationToken cancellationToken) =>
        ChangeAsync(user, null, u => u.ReviewSince = null, cancellationToken);

    /// <summary>Replaces the password hash by a stronger one of the same password; the security stamp stays. Does nothing when the password has been changed meanwhile.</summary>
    public Task RehashPasswordAsync(User user, string passwordHash, CancellationToken cancellationToken)
    {
        var verified = user.PasswordHash;
        return ChangeAsync(user, null, u => u.PasswordHash = u.PasswordHash == verified ? passwordHash : u.PasswordHash, cancellationToken);
    }

    /// <summary>Notes that the user has proved to own the address.</summary>
    public Task SetEmailVerifiedAsync(User user, CancellationToken cancellationToken) =>
        ChangeAsync(user, AuditEventKind.EmailVerified, u => u.EmailConfirmed = true, cancellationToken);

    /// <summary>Replaces the display name; null when the user wants none.</summary>
    public Task SetNameAsync(User user, string? name, CancellationToken cancellationToken) =>
        ChangeAsync(user, null, u => u.Name = name, cancellationToken);

    /// <summary>Replaces language, time zone and attributes (<see cref="UserAttributes.With"/>); null for none.</summary>
    public Task SetProfileAsync(User user, string? name, string? locale, string? timeZone, string? attributes, CancellationToken cancellationToken) =>
        ChangeAsync(user, null, u => (u.Name, u.Locale, u.TimeZone, u.Attributes) = (name, locale, timeZone, attributes), cancellationToken);

    /// <summary>Moves the user to an address that they have proved to own, and ends every link that rests on the security stamp; false when the address is another's.</summary>
    public async Task<bool> SetEmailAsync(User user, EmailAddress email, CancellationToken cancellationToken)
    {
        if (await FindByEmailAsync(email, cancellationToken) is { } owner && owner.Id != user.Id)
        {
            return false;
        }

        try
        {
            await ChangeAsync(user, AuditEventKind.EmailChanged, u => (u.Email, u.UserName, u.Mailbox, u.EmailConfirmed, u.SecurityStamp) = (email.Value, email.Value, email.Mailbox, true, NewStamp()), cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two at once: the unique index lets one in.
            context.ChangeTracker.Clear();
            if (await FindByEmailAsync(email, cancellationToken) is not { } winner || winner.Id == user.Id)
            {
                throw;
            }

            return false;
        }
    }

    /// <summary>Deletes the user with everything that the database keeps of them; sessions end.</summary>
    public async Task DeleteAsync(User user, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        if (await FindAsync(user.UserId, cancellationToken) is { } current)
        {
            context.Remove(current);
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Shuts the user out or lets them in again.</summary>
    public Task SetDisabledAsync(User user, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(user, disabled ? AuditEventKind.UserDisabled : AuditEventKind.UserEnabled, u => u.Disabled = disabled, cancellationToken);

    /// <summary>Roles of the user, their own and those of their groups, ordered.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(User user, CancellationToken cancellationToken) => (await EntitlementsAsync(user, cancellationToken)).Roles;

    /// <summary>Roles, groups and permissions of the user.</summary>
    public Task<Entitlements> EntitlementsAsync(User user, CancellationToken cancellationToken) => Entitlements.ReadAsync(context, user.Id, cancellationToken);

    /// <summary>Adds roles, making those that the tenant does not have yet; returns those that were new to the user.</summary>
    /// <exception cref="ArgumentException">A name cannot be a role's (<see cref="Role.IsName"/>).</exception>
    public Task<IReadOnlyList<string>> AddRolesAsync(User user, IEnumerable<string> roles, CancellationToken cancellationToken) => assignments.AddAsync(user, roles, cancellationToken);

    /// <summary>Takes roles away; returns those that the user had.</summary>
    public Task<IReadOnlyList<string>> RemoveRolesAsync(User user, IEnumerable<string> roles, CancellationToken cancellationToken) => assignments.RemoveAsync(user, roles, cancellationToken);

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));

    private static string Codes(IdentityResult result) => string.Join(", ", result.Errors.Select(e => e.Code));

    private async Task ChangeAsync(User user, AuditEventKind? kind, Action<User> change, CancellationToken cancellationToken)
    {
        if (context.Entry(user).State is EntityState.Detached)
        {
            context.Attach(user);
        }

        var entry = kind is { } happened ? audit.Add(context, new AuditEvent(user.TenantId, happened, user.UserId)) : null;
        for (var attempt = 1; ; attempt++)
        {
            change(user);
            var result = await users.UpdateAsync(user);
            if (result.Succeeded)
            {
                return;
            }

            var changedByOther = result.Errors.All(e => e.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure));
            if (changedByOther && attempt < Tries)
            {
                await context.Entry(user).ReloadAsync(cancellationToken);
            }

            if (!changedByOther || attempt == Tries || context.Entry(user).State is EntityState.Detached)
            {
                Forget(entry);
                throw new InvalidOperationException($"The user could not be changed: {Codes(result)}.");
            }
        }
    }

    private void Forget(params ReadOnlySpan<object?> rows)
    {
        foreach (var row in rows)
        {
            if (row is not null)
            {
                context.Entry(row).State = EntityState.Detached;
            }
        }
    }
}
