using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Mfa;

/// <summary>A person's second steps, for "download my data" and for erasure: what they are, not their secrets.</summary>
internal sealed class MfaRecords(DirectoryContext context) : IPersonalRecords
{
    public string Name => "second_steps";

    public IReadOnlyCollection<Type> Entities => [typeof(Authenticator), typeof(RecoveryCode)];

    public async Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WritePropertyName("authenticators");
        await PersonalJson.WriteAsync(
            json,
            context.Set<Authenticator>().Where(a => a.UserId == user.Value).OrderBy(a => a.Id).Select(a => new { a.Name, a.CreatedAt, a.LastUsedAt }).AsAsyncEnumerable(),
            cancellationToken);
        json.WriteNumber("unused_recovery_codes", await context.Set<RecoveryCode>().CountAsync(c => c.UserId == user.Value, cancellationToken));
        json.WriteEndObject();
    }

    public async Task EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        await context.Set<Authenticator>().Where(a => a.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
        await context.Set<RecoveryCode>().Where(c => c.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
    }
}
