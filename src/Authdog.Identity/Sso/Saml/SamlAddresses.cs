using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Saml;

/// <summary>This side's addresses of a connection. Identity providers compare them character for character, so they follow the settings and <c>Gateway:PublicUrl</c>, never a request.</summary>
internal sealed class SamlAddresses(IOptions<PublicUrlOptions> reach)
{
    private const string Prefix = PagePaths.Prefix + "/saml/";

    /// <summary>Route of an endpoint of every connection.</summary>
    public static string Route(string endpoint) => Prefix + "{connection}/" + endpoint;

    /// <summary>Path of an endpoint, with the tenant where only that tells it.</summary>
    public static string Path(ConnectionRecord connection, SamlSettings settings, string endpoint)
    {
        var path = Prefix + connection.Slug + "/" + endpoint;
        return settings.Host is not null || connection.Tenant == TenantId.Default ? path : QueryHelpers.AddQueryString(path, "tenant", connection.Tenant.Value);
    }

    /// <summary>Entity id: the address of our metadata.</summary>
    public string EntityId(ConnectionRecord connection, SamlSettings settings) => Link(connection, settings, "metadata");

    /// <summary>Where responses are posted.</summary>
    public string AssertionConsumerService(ConnectionRecord connection, SamlSettings settings) => Link(connection, settings, "acs");

    /// <summary>Where logout messages go.</summary>
    public string SingleLogoutService(ConnectionRecord connection, SamlSettings settings) => Link(connection, settings, "slo");

    private string Link(ConnectionRecord connection, SamlSettings settings, string endpoint)
    {
        var path = Path(connection, settings, endpoint);
        return settings.Host is { } host ? new Uri(new UriBuilder(reach.Value.PublicUrl) { Host = host }.Uri, path).AbsoluteUri : reach.Value.Link(path);
    }
}
