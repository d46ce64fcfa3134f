using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Invitations;

/// <summary>Invitations that a person accepted, or that went to their address.</summary>
internal sealed class InvitationRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "invitations";

    public IReadOnlyCollection<Type> Entities => [typeof(Invitation)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        Of(user).Select(i => new { i.Email, i.CreatedAt, i.SentAt, i.ExpiresAt, State = i.State.ToString(), i.Roles, i.Groups }).AsAsyncEnumerable(),
        cancellationToken);

    public async Task EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        await Of(user).ExecuteDeleteAsync(cancellationToken);
        await context.Set<JoinRequest>().Where(r => Address(user).Contains(r.NormalizedEmail)).ExecuteDeleteAsync(cancellationToken);
    }

    private IQueryable<Invitation> Of(UserId user) => context.Set<Invitation>().Where(i => i.UserId == user.Value || Address(user).Contains(i.NormalizedEmail));

    private IQueryable<string?> Address(UserId user) => context.Set<User>().Where(u => u.Id == user.Value).Select(u => u.NormalizedEmail);
}
