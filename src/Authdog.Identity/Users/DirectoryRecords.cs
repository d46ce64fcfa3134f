using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>The directory's own rows of a person. They end with the user.</summary>
internal sealed class DirectoryRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "profile";

    public IReadOnlyCollection<Type> Entities => [typeof(User), typeof(UserRole), typeof(GroupMember), typeof(UserClaim), typeof(UserLogin), typeof(UserToken)];

    public async Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        var row = await context.Set<User>().AsNoTracking().SingleAsync(u => u.Id == user.Value, cancellationToken);
        var roles = await context.Set<UserRole>().Where(r => r.UserId == user.Value).Join(context.Set<Role>(), r => r.RoleId, r => r.Id, (_, r) => r.Name).ToListAsync(cancellationToken);
        var groups = await context.Set<GroupMember>().Where(m => m.UserId == user.Value).Join(context.Set<Group>(), m => m.GroupId, g => g.Id, (_, g) => g.Name).ToListAsync(cancellationToken);
        var claims = await context.Set<UserClaim>().Where(c => c.UserId == user.Value).Select(c => new { Type = c.ClaimType, Value = c.ClaimValue }).ToListAsync(cancellationToken);
        var logins = await context.Set<UserLogin>().Where(l => l.UserId == user.Value).Select(l => new { Provider = l.LoginProvider, Name = l.ProviderDisplayName, Subject = l.ProviderKey, l.Account, l.LinkedAt, l.UsedAt }).ToListAsync(cancellationToken);
        PersonalJson.Write(json, new
        {
            row.Email,
            EmailVerified = row.EmailConfirmed,
            row.Name,
            row.PhoneNumber,
            row.Locale,
            row.TimeZone,
            Attributes = row.Attributes is null ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(row.Attributes),
            row.CreatedAt,
            row.Disabled,
            HasPassword = row.PasswordHash is not null,
            Roles = roles,
            Groups = groups,
            Claims = claims,
            LinkedAccounts = logins,
        });
    }

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => Task.CompletedTask;
}
