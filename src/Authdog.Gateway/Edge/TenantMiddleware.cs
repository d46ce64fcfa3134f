using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Edge;

/// <summary>Names the tenant of the request before anything looks a person up.</summary>
internal sealed class TenantMiddleware(RequestDelegate next)
{
    private static readonly TenantFeature s_default = new(TenantId.Default);

    public Task InvokeAsync(HttpContext context, CurrentTenant current)
    {
        current.Id = s_default.Tenant;
        context.Features.Set(s_default);
        return next(context);
    }
}
