using Authdog.Identity.ApiKeys;
using Authdog.Identity.Audit.Chain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Audit;

/// <summary>The record of a tenant's security events.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder endpoints) => endpoints.MapGroup(ApiPaths.Tenant + "/audit").WithTags("Audit")
        .MapGet("", ListAsync).Reads<ApiPage<AuditResource>>("listAudit", "Security events in the order of the chain, with filters.", ApiScopes.AuditRead);

    private static async Task<ApiAnswer> ListAsync(HttpContext context, ApiCursor cursors, string tenant)
    {
        var call = ApiCall.Of(context);
        var filter = new AuditFilter(call);
        if (await filter.ReadAsync() is { } mistake)
        {
            return mistake;
        }

        var list = $"audit {call.Tenant.Id} {filter.Text}";
        if (!cursors.TryRead(call, list, out var after, out var limit, out var refusal))
        {
            return refusal;
        }

        long? last = long.TryParse(after, System.Globalization.CultureInfo.InvariantCulture, out var sequence) ? sequence : null;
        var entries = await call.Get<AuditReader>().ListAsync(call.Tenant.Id, filter.Query with { Cursor = last, Limit = limit + 1 }, call.Aborted);
        return cursors.Page(list, entries, limit, static entry => entry.Sequence!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), AuditResource.Of);
    }
}
