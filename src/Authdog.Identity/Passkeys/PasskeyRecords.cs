using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Passkeys;

/// <summary>A person's passkeys, for "download my data" and for erasure: what they are, not what they open.</summary>
internal sealed class PasskeyRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "passkeys";

    public IReadOnlyCollection<Type> Entities => [typeof(Passkey)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<Passkey>().Where(p => p.UserId == user.Value).OrderBy(p => p.Id).Select(p => new { p.Name, p.Aaguid, p.RelyingPartyId, p.CreatedAt, p.LastUsedAt, p.IsBackedUp }).AsAsyncEnumerable(),
        cancellationToken);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => context.Set<Passkey>().Where(p => p.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
}
