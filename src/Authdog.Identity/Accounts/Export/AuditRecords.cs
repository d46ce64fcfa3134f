using System.Text.Json;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Export;

/// <summary>What the audit log has about a person. Events stay, with an id that stands for nobody once the user is gone; the addresses in them are erased.</summary>
internal sealed class AuditRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "audit";

    public IReadOnlyCollection<Type> Entities => [typeof(AuditEntry)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<AuditEntry>().Where(e => e.UserId == user.Value).OrderBy(e => e.At).Select(e => new { e.At, Event = e.Kind.ToString(), e.Detail, e.Address, BySomebodyElse = e.ActorId != null && e.ActorId != e.UserId }).AsAsyncEnumerable(),
        cancellationToken);

    // The chain covers a hash of each address, salted: without the salt nobody finds the address by it, and the chain stays whole.
    public Task EraseAsync(UserId user, CancellationToken cancellationToken) =>
        context.Set<AuditEntry>().Where(entry => entry.Address != null && (entry.UserId == user.Value || entry.ActorId == user.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Address, (string?)null).SetProperty(entry => entry.Salt, (byte[]?)null), cancellationToken);
}
