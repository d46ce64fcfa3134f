using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Edge;

/// <summary>Names the tenant of the request, with its settings, before anything looks a person up.</summary>
internal sealed class TenantMiddleware(RequestDelegate next, TenantCache tenants)
{
    public Task InvokeAsync(HttpContext context, CurrentTenant current) =>
        tenants.TryFind(TenantId.Default, out var tenant) ? GoOnAsync(context, current, tenant) : ReadAsync(context, current);

    private async Task ReadAsync(HttpContext context, CurrentTenant current) =>
        await GoOnAsync(context, current, await tenants.FindAsync(TenantId.Default, context.RequestAborted));

    private Task GoOnAsync(HttpContext context, CurrentTenant current, TenantRecord? tenant)
    {
        current.Record = tenant ?? throw new InvalidOperationException("The directory has lost its default tenant.");
        context.Features.Set(new TenantFeature(tenant));
        return next(context);
    }
}
