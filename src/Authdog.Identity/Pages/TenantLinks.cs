using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>Links for mails: on the tenant's own host where it has one, otherwise on the gateway's with the tenant named. Never what the <c>Host</c> header says.</summary>
public sealed class TenantLinks(IOptions<PublicUrlOptions> reach, CurrentTenant tenant)
{
    /// <summary>An absolute link to a path of the gateway.</summary>
    public string Link(string pathAndQuery)
    {
        var record = tenant.Record;
        if (record.Addresses.FirstOrDefault(address => address[0] != '/') is { } host)
        {
            return new Uri(new UriBuilder(reach.Value.PublicUrl) { Host = host }.Uri, pathAndQuery).AbsoluteUri;
        }

        return reach.Value.Link(record.Id == TenantId.Default ? pathAndQuery : QueryHelpers.AddQueryString(pathAndQuery, "tenant", record.Id.Value));
    }
}
