using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Identities;

/// <summary>At which providers the people of the tenant have, or may have, an identity.</summary>
internal sealed class IdentityProviders(IEnumerable<IIdentitySource> sources, HomeRealmDiscovery discovery, LoginMandates mandates, Connections connections, ExternalIdentities identities, CurrentTenant tenant)
{
    /// <summary>A user's identities, oldest first.</summary>
    public async Task<IReadOnlyList<LinkedIdentity>> OfAsync(User user, CancellationToken cancellationToken)
    {
        var home = await discovery.FindAsync(user.Email, cancellationToken);
        List<ConnectionRecord> known = [.. (await connections.OfAsync(tenant.Id, cancellationToken)).All.Where(static connection => connection.Enabled)];
        foreach (var source in sources)
        {
            known.AddRange(await source.OfferedAsync(cancellationToken));
        }

        return [.. (await identities.ListAsync(user.UserId, cancellationToken)).Select(row =>
        {
            var provider = known.Find(connection => connection.LoginProvider == row.LoginProvider);
            return new LinkedIdentity(
                ExternalIdentities.IdOf(row.LoginProvider, row.ProviderKey),
                provider?.Name ?? row.ProviderDisplayName ?? row.LoginProvider,
                row.Account,
                row.LinkedAt,
                row.UsedAt,
                IsManaged: home is not null && home.LoginProvider == row.LoginProvider,
                IsOver: provider is null);
        })];
    }

    /// <summary>Providers that a user may add an identity at, by name.</summary>
    public async Task<IReadOnlyList<ConnectionRecord>> OfferedAsync(User user, CancellationToken cancellationToken)
    {
        List<ConnectionRecord> offered = [];
        if (await MandatedAsync(user, cancellationToken) is null)
        {
            foreach (var source in sources)
            {
                offered.AddRange((await source.OfferedAsync(cancellationToken)).Where(static connection => !connection.Enforced));
            }
        }

        return [.. offered.OrderBy(static connection => connection.Name, StringComparer.Ordinal)];
    }

    /// <summary>What the connection is called by which alone a user signs in; null when they may choose.</summary>
    public async Task<string?> MandatedAsync(User user, CancellationToken cancellationToken) =>
        await mandates.FindAsync(user.Email, cancellationToken) is { Mandated: { } mandated, IsExempt: false } ? mandated.Name : null;

    /// <summary>Whether there is anything to show to a user.</summary>
    public async Task<bool> ConcernsAsync(User user, CancellationToken cancellationToken) =>
        (await OfferedAsync(user, cancellationToken)).Count > 0 || await identities.CountAsync(user.UserId, cancellationToken) > 0;

    /// <summary>The page that leads to one of those on offer; null when it is none of them.</summary>
    public async Task<IResult?> LeaveAsync(HttpContext context, LoginFlow flow, User user, string provider)
    {
        if ((await OfferedAsync(user, context.RequestAborted)).FirstOrDefault(connection => connection.LoginProvider == provider) is not { } asked)
        {
            return null;
        }

        foreach (var source in sources)
        {
            if ((await source.OfferedAsync(context.RequestAborted)).Any(connection => connection.LoginProvider == provider))
            {
                return await source.LeaveAsync(context, flow, asked);
            }
        }

        return null;
    }
}
