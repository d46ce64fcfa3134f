using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Standby;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sessions;

/// <summary>A person's live sessions, in whichever store, and what else the standby has of them.</summary>
internal sealed class SessionPersonalRecords(SessionStore sessions, StandbyStore standby, CurrentTenant tenant) : IPersonalRecords
{
    public string Name => "sessions";

    public IReadOnlyCollection<Type> Entities => [typeof(StandbyRecord)];

    public async Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) =>
        PersonalJson.Write(json, (await sessions.ListUsesAsync(tenant.Id, user, cancellationToken)).Select(use => new
        {
            use.Session.CreatedAt,
            use.SeenAt,
            ExpiresAt = use.Session.AbsoluteExpiresAt,
            use.Session.Acr,
            use.Session.Amr,
            use.Session.UserAgent,
            use.Session.RemoteAddress,
        }));

    public async Task EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        await sessions.RevokeAllAsync(tenant.Id, user, except: null, cancellationToken);
        await standby.EraseAsync(tenant.Id, user.Value, cancellationToken);
    }
}
