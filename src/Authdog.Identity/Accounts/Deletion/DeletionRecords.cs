using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>A person's wish to be deleted.</summary>
internal sealed class DeletionRecords(Deletions deletions) : IPersonalRecords
{
    public string Name => "deletion";

    public IReadOnlyCollection<Type> Entities => [typeof(AccountDeletion)];

    public async Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) =>
        PersonalJson.Write(json, await deletions.DueAsync(user, cancellationToken) is { } due ? new { DueAt = due } : null);

    // The row goes with the user, not before: it is what another node goes on by.
    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => Task.CompletedTask;
}
