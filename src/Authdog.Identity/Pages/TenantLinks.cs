using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>Links for mails: on the tenant's own host where it has one, otherwise on the gateway's with the tenant named. Never what the <c>Host</c> header says.</summary>
public sealed class TenantLinks(IOptions<PublicUrlOptions> reach, CurrentTenant tenant)
{
    /// <summary>An absolute link to a path of the gateway.</summary>
    public string Link(string pathAndQuery) =>
        tenant.Record.Addresses.FirstOrDefault(static address => address[0] != '/') is { } host ? On(host, pathAndQuery) : OnShared(pathAndQuery);

    /// <summary>The same for what works only in the browser that asked for it: on the host where that is, if it is one of the tenant's or the gateway's.</summary>
    public string LinkBack(HttpContext context, string pathAndQuery)
    {
        ArgumentNullException.ThrowIfNull(context);
        var host = context.Request.Host.Host;
        return tenant.Record.Addresses.Contains(host) ? On(host, pathAndQuery)
            : host == reach.Value.PublicUrl.Host ? OnShared(pathAndQuery)
            : Link(pathAndQuery);
    }

    /// <summary>A link on a certain origin, which is one of the tenant's or the gateway's.</summary>
    public string OnOrigin(string origin, string pathAndQuery) =>
        new Uri(origin).Host == reach.Value.PublicUrl.Host ? OnShared(pathAndQuery) : new Uri(new Uri(origin), pathAndQuery).AbsoluteUri;

    /// <summary>The same to a path of any tenant: relative where it is on the host that all share.</summary>
    internal static string To(PublicUrlOptions reach, TenantRecord tenant, string path) =>
        tenant.Addresses.FirstOrDefault(static address => address[0] != '/') is { } host
            ? new Uri(new Uri(reach.OriginOf(host)), path).AbsoluteUri
            : QueryHelpers.AddQueryString(path, "tenant", tenant.Id.Value);

    private string On(string host, string pathAndQuery) => new Uri(new Uri(reach.Value.OriginOf(host)), pathAndQuery).AbsoluteUri;

    private string OnShared(string pathAndQuery) =>
        reach.Value.Link(tenant.Id == TenantId.Default ? pathAndQuery : QueryHelpers.AddQueryString(pathAndQuery, "tenant", tenant.Id.Value));
}
