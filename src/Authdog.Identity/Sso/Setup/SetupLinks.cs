using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
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
    private readonly SamlConnections _connections;
    private readonly SamlSetup _setup;
    private readonly IServiceScopeFactory _scopes;
    private readonly TenantCache _tenants;
    private readonly TimeProvider _time;

    internal SetupLinks(SetupInvites invites, SamlConnections connections, SamlSetup setup, IServiceScopeFactory scopes, TenantCache tenants, TimeProvider time) =>
        (_invites, _connections, _setup, _scopes, _tenants, _time) = (invites, connections, setup, scopes, tenants, time);

    /// <summary>Makes a link for a connection; one that does not exist is made, switched off.</summary>
    /// <returns>The link, or why there is none.</returns>
    public async Task<(string? Link, IReadOnlyList<string> Mistakes)> InviteAsync(TenantId tenant, string slug, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (lifetime <= TimeSpan.Zero || lifetime > MaxLifetime)
        {
            return (null, [$"AG5730 the link's lifetime is {lifetime}. Give up to {MaxLifetime.TotalDays:0} days (7.00:00:00)."]);
        }

        if (await _connections.FindAsync(tenant, slug, cancellationToken) is null)
        {
            var now = _time.GetUtcNow();
            var record = await _tenants.FindAsync(tenant, cancellationToken);
            Connection made = new() { TenantId = tenant, Id = Guid.CreateVersion7(now), Slug = slug, Kind = ConnectionKind.Saml, Name = record?.Name ?? slug, Enabled = false, Settings = "{}", CreatedAt = now, UpdatedAt = now };
            if (await _setup.AddAsync(made, new SamlChoices(), cancellationToken) is ConnectionChange.Refused refused)
            {
                return (null, refused.Mistakes);
            }
        }

        var secret = await _invites.IssueAsync(tenant, slug, lifetime, cancellationToken);
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = (await _tenants.FindAsync(tenant, cancellationToken))!;
        var path = QueryHelpers.AddQueryString(SetupPaths.Start, new Dictionary<string, string?> { ["connection"] = slug, ["invite"] = secret });
        return (scope.ServiceProvider.GetRequiredService<TenantLinks>().Link(path), []);
    }

    /// <summary>Ends the link of a connection at once; false when none is open.</summary>
    public Task<bool> RevokeAsync(TenantId tenant, string slug, CancellationToken cancellationToken) => _invites.RevokeAsync(tenant, slug, cancellationToken);
}
