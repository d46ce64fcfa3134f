using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.ApiKeys;

/// <summary>Judges the key of a request. A revoked key fails with the very next one: nothing is cached. Guesses count as tries at any other door do (I2); a key that was right and is over does not: programs that nobody has told go on with it.</summary>
public sealed class ApiKeyVerifier(ApiKeyDirectory keys, CounterStore counters, AttackWatch attacks, AuditLog audit, TimeProvider time)
{
    private const string Door = "api-key";
    private const string Purpose = "api-key-failed";
    private const int MostFailures = 20;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_resolution = TimeSpan.FromMinutes(1);

    /// <summary>The key behind a bearer token.</summary>
    /// <param name="context">The request, by whose client network failures are counted: each is written to the audit log until there are too many.</param>
    /// <param name="token">What the client sent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ApiKeyLookup> VerifyAsync(HttpContext context, string? token, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(token, out var text))
        {
            return await GuessedAsync(context, "malformed", null, TenantId.Default, cancellationToken);
        }

        var now = time.GetUtcNow();
        var key = await keys.FindAsync(text.Id, cancellationToken);
        if (key is null || !text.Matches(key.SecretHash))
        {
            return await GuessedAsync(context, key is null ? "unknown" : $"wrong secret {key.Id}", text.Id, key?.TenantId ?? TenantId.Default, cancellationToken);
        }

        if (key.RevokedAt is not null || now >= key.ExpiresAt)
        {
            return await RefuseAsync($"{(key.RevokedAt is null ? "expired" : "revoked")} {key.Id}", ClientNetwork.Of(context.Connection.RemoteIpAddress), key.TenantId, cancellationToken);
        }

        if (key.LastUsedAt is not { } last || now - last >= s_resolution)
        {
            await keys.TouchAsync(key, cancellationToken);
        }

        return new ApiKeyLookup.Found(key);
    }

    private async Task<ApiKeyLookup> GuessedAsync(HttpContext context, string reason, string? id, TenantId tenant, CancellationToken cancellationToken)
    {
        await attacks.FailedAsync(context, tenant, id is null ? null : $"{Door}\n{id}", Door, cancellationToken);
        return await RefuseAsync(reason, ClientNetwork.Of(context.Connection.RemoteIpAddress), tenant, cancellationToken);
    }

    private async Task<ApiKeyLookup> RefuseAsync(string reason, string network, TenantId tenant, CancellationToken cancellationToken)
    {
        if (await counters.IncrementAsync(TenantId.Default, Purpose, network, s_window, cancellationToken) > MostFailures)
        {
            return new ApiKeyLookup.Refused(IsThrottled: true);
        }

        await audit.WriteAsync(new AuditEvent(tenant, AuditEventKind.ApiKeyRefused, Detail: reason), cancellationToken);
        return new ApiKeyLookup.Refused(IsThrottled: false);
    }
}
