using System.Text.Json;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Export;

/// <summary>What the audit log has about a person. It is never erased: it knows an id only, which stands for nobody once the user is gone.</summary>
internal sealed class AuditRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "audit";

    public IReadOnlyCollection<Type> Entities => [typeof(AuditEntry)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<AuditEntry>().Where(e => e.UserId == user.Value).OrderBy(e => e.At).Select(e => new { e.At, Event = e.Kind.ToString(), e.Detail, BySomebodyElse = e.ActorId != null && e.ActorId != e.UserId }).AsAsyncEnumerable(),
        cancellationToken);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => Task.CompletedTask;
}
