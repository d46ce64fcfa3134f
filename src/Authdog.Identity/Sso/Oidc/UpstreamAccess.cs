using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Gives the access token of a session's identity provider, for apps that call its services; renews it before it is over, on one node at a time.</summary>
public sealed class UpstreamAccess
{
    private const string LeaseKind = "upstream-refresh";

    // A request takes at most Sso:Timeout (a minute), discovery before it as long: the lease outlives both, and needs no renewal.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private const int Looks = 50;

    private readonly Connections _connections;
    private readonly OidcProviders _providers;
    private readonly OidcBackchannel _backchannel;
    private readonly UpstreamTokens _tokens;
    private readonly RecordStore _records;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal UpstreamAccess(Connections connections, OidcProviders providers, OidcBackchannel backchannel, UpstreamTokens tokens, RecordStore records, TimeProvider time, ILogger<UpstreamAccess> logger) =>
        (_connections, _providers, _backchannel, _tokens, _records, _time, _logger) = (connections, providers, backchannel, tokens, records, time, logger);

    /// <summary>A token that works now; null when none is kept, or the provider gives none any more.</summary>
    public async Task<string?> FindAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.Factors.LastOrDefault(static factor => factor.Upstream?.TokensId is not null)?.Upstream?.TokensId is not { } id
            || await _tokens.FindAsync(session.Tenant, id, cancellationToken) is not ({ AccessToken: not null } kept, var version))
        {
            return null;
        }

        return IsDue(kept) && kept.RefreshToken is not null ? await RenewAsync(session.Tenant, id, kept, version, cancellationToken) : Working(kept);
    }

    private bool IsDue(KeptTokens kept) => kept.ExpiresAt is { } end && _time.GetUtcNow() >= end - s_early;

    private string? Working(KeptTokens kept) => kept.ExpiresAt is { } end && _time.GetUtcNow() >= end ? null : kept.AccessToken;

    private async Task<string?> RenewAsync(TenantId tenant, string id, KeptTokens kept, long version, CancellationToken cancellationToken)
    {
        try
        {
            await _records.CreateAsync(tenant, LeaseKind, id, new Lease(), s_lease, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            return Working(kept) ?? await WaitAsync(tenant, id, version, cancellationToken);
        }

        try
        {
            // Renewed by another between the reading and the lease: a refresh token that is used twice ends them all.
            return await _tokens.FindAsync(tenant, id, cancellationToken) is (var current, var now) && (now != version || !IsDue(current))
                ? Working(current)
                : await AskAsync(tenant, id, kept, version, cancellationToken);
        }
        finally
        {
            await _records.TakeAsync<Lease>(tenant, LeaseKind, id, CancellationToken.None);
        }
    }

    private async Task<string?> AskAsync(TenantId tenant, string id, KeptTokens kept, long version, CancellationToken cancellationToken)
    {
        if (await _connections.FindAsync(tenant, kept.Connection, cancellationToken) is not { Kind: ConnectionKind.Oidc } connection)
        {
            return Working(kept);
        }

        try
        {
            var provider = _providers.Of(connection);

            // Not the caller's cancellation: what the provider has given must be kept, or it is lost for good.
            var given = await _backchannel.TokenAsync(provider, [new("grant_type", "refresh_token"), new("refresh_token", kept.RefreshToken!), new("client_id", provider.Settings.ClientId)], CancellationToken.None);
            var renewed = kept with
            {
                AccessToken = given.AccessToken,
                RefreshToken = given.RefreshToken ?? kept.RefreshToken,
                ExpiresAt = given.Lifetime is { } life ? _time.GetUtcNow() + life : null,
            };
            await _tokens.ReplaceAsync(tenant, id, renewed, version, CancellationToken.None);
            return renewed.AccessToken;
        }
        catch (ExternalFailureException failure)
        {
            SsoLog.Failed(_logger, tenant.Value, kept.Connection, $"refresh: {failure.Message}", "none");

            // invalid_grant may mean that another node was faster: what it has written is the truth. Otherwise it is over for good.
            if (await _tokens.FindAsync(tenant, id, CancellationToken.None) is (var current, var now) && now != version)
            {
                return Working(current);
            }

            if (failure.Refusal is ExternalRefusal.Invalid)
            {
                await _tokens.ReplaceAsync(tenant, id, kept with { RefreshToken = null }, version, CancellationToken.None);
            }

            // The old one for as long as it works.
            return Working(kept);
        }
    }

    private async Task<string?> WaitAsync(TenantId tenant, string id, long version, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
        {
            await Task.Delay(s_look, _time, cancellationToken);
            if (await _tokens.FindAsync(tenant, id, cancellationToken) is not (var current, var now))
            {
                return null;
            }

            if (now != version)
            {
                return Working(current);
            }
        }

        return null;
    }

    private sealed record Lease;
}
