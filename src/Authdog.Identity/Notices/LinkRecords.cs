using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Notices;

/// <summary>Links that were mailed to a person and still work; not what opens them.</summary>
internal sealed class LinkRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "links";

    public IReadOnlyCollection<Type> Entities => [typeof(AccountLink)];

    public Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) => PersonalJson.WriteAsync(
        json,
        context.Set<AccountLink>().Where(l => l.UserId == user.Value).Select(l => new { l.Purpose, l.CreatedAt, l.ExpiresAt }).AsAsyncEnumerable(),
        cancellationToken);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => context.Set<AccountLink>().Where(l => l.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
}
