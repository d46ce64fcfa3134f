using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Invites a customer's IT administrator, who has no account here, to connect their identity provider.</summary>
public sealed class SetupLinks
{
    /// <summary>How long a link works unless said otherwise.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);

    /// <summary>How long it can work at most.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    private readonly SetupInvites _invites;
    private readonly Connections _connections;
    private readonly SamlSetup _saml;
    private readonly OidcSetup _oidc;
    private readonly AuditLog _audit;
    private readonly IServiceScopeFactory _scopes;
    private readonly TenantCache _tenants;
    private readonly TimeProvider _time;

    internal SetupLinks(SetupInvites invites, Connections connections, SamlSetup saml, OidcSetup oidc, AuditLog audit, IServiceScopeFactory scopes, TenantCache tenants, TimeProvider time) =>
        (_invites, _connections, _saml, _oidc, _audit, _scopes, _tenants, _time) = (invites, connections, saml, oidc, audit, scopes, tenants, time);

    /// <summary>Open links by connection.</summary>
    public async Task<IReadOnlyList<SetupLink>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        List<SetupLink> open = [];
        foreach (var connection in (await _connections.OfAsync(tenant, cancellationToken)).All)
        {
            if (await _invites.FindAsync(tenant, connection.Slug, cancellationToken) is { } invite)
            {
                open.Add(new SetupLink(connection.Slug, invite.ExpiresAt, invite.Provider, invite.Domain, invite.Tested));
            }
        }

        return open;
    }

    /// <summary>Makes a link for a connection; one that does not exist is made, of a kind and switched off. The link before is over.</summary>
    /// <returns>The link, or why there is none.</returns>
    public async Task<(string? Link, IReadOnlyList<string> Mistakes)> InviteAsync(TenantId tenant, string slug, ConnectionKind kind, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (lifetime <= TimeSpan.Zero || lifetime > MaxLifetime)
        {
            return (null, [$"AG5730 the link's lifetime is {lifetime}. Give up to {MaxLifetime.TotalDays:0} days (7.00:00:00)."]);
        }

        if ((await _connections.OfAsync(tenant, cancellationToken)).Find(slug) is null && await MakeAsync(tenant, slug, kind, cancellationToken) is ConnectionChange.Refused refused)
        {
            return (null, refused.Mistakes);
        }

        var secret = await _invites.IssueAsync(tenant, slug, lifetime, cancellationToken);
        await _audit.WriteAsync(new AuditEvent(tenant, AuditEventKind.ConnectionChanged, Detail: $"{slug}: set-up link made"), CancellationToken.None);
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = (await _tenants.FindAsync(tenant, cancellationToken))!;
        var path = QueryHelpers.AddQueryString(SetupPaths.Start, new Dictionary<string, string?> { ["connection"] = slug, ["invite"] = secret });
        return (scope.ServiceProvider.GetRequiredService<TenantLinks>().Link(path), []);
    }

    /// <summary>Ends the link of a connection at once; false when none is open.</summary>
    public async Task<bool> RevokeAsync(TenantId tenant, string slug, CancellationToken cancellationToken)
    {
        if (!await _invites.RevokeAsync(tenant, slug, cancellationToken))
        {
            return false;
        }

        await _audit.WriteAsync(new AuditEvent(tenant, AuditEventKind.ConnectionChanged, Detail: $"{slug}: set-up link revoked"), CancellationToken.None);
        return true;
    }

    private async Task<ConnectionChange> MakeAsync(TenantId tenant, string slug, ConnectionKind kind, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var record = await _tenants.FindAsync(tenant, cancellationToken);
        Connection made = new() { TenantId = tenant, Id = Guid.CreateVersion7(now), Slug = slug, Kind = kind, Name = record?.Name ?? slug, Enabled = false, Settings = "{}", CreatedAt = now, UpdatedAt = now };

        // With a key from the start: its address is among the values that are copied before anything is chosen.
        return kind is ConnectionKind.Oidc
            ? await _oidc.AddAsync(made, new OidcChoices { Authentication = "private_key_jwt" }, cancellationToken)
            : await _saml.AddAsync(made, new SamlChoices(), cancellationToken);
    }
}
