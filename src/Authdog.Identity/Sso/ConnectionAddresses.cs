using System.Collections.Immutable;
using Authdog.Identity.Pages;

namespace Authdog.Identity.Sso;

/// <summary>Addresses that are typed in at a provider.</summary>
public sealed class ConnectionAddresses(TenantLinks links)
{
    /// <summary>Those of a connection, the most important first.</summary>
    public ImmutableArray<(string Name, string Url)> Of(ConnectionRecord connection) => Of(new Named(connection.Slug, connection.Kind));

    /// <summary>The same, of one that need not be there yet.</summary>
    public ImmutableArray<(string Name, string Url)> Of(Named connection) => connection.Kind switch
    {
        ConnectionKind.Oidc =>
        [
            Link("redirect_uri", $"{ConnectionPaths.Oidc}/{connection.Slug}/callback"),
            Link("backchannel_logout_uri", $"{ConnectionPaths.Oidc}/{connection.Slug}/backchannel-logout"),
            Link("frontchannel_logout_uri", $"{ConnectionPaths.Oidc}/{connection.Slug}/frontchannel-logout"),
            Link("post_logout_redirect_uri", PagePaths.Logout),
            Link("jwks_uri", $"{ConnectionPaths.Oidc}/{connection.Slug}/jwks.json"),
        ],
        ConnectionKind.Saml =>
        [
            Link("metadata", $"{ConnectionPaths.Saml}/{connection.Slug}/metadata"),
            Link("acs", $"{ConnectionPaths.Saml}/{connection.Slug}/acs"),
            Link("slo", $"{ConnectionPaths.Saml}/{connection.Slug}/slo"),
        ],
        _ => [Link("redirect_uri", $"{PagePaths.Prefix}/social/{connection.Slug}/callback")],
    };

    private (string Name, string Url) Link(string name, string path) => (name, links.Link(path));

    /// <summary>What addresses follow from.</summary>
    /// <param name="Slug">The connection's name.</param>
    /// <param name="Kind">Its protocol.</param>
    public sealed record Named(string Slug, ConnectionKind Kind);
}
