using Authdog.Gateway.Answers;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge;

/// <summary>Names the tenant of the request, with its settings, before anything looks a person up; and ends here what is asked of a tenant that is shut or does not exist.</summary>
internal sealed class TenantMiddleware(RequestDelegate next, TenantChoice choice, TenantCache tenants)
{
    public Task InvokeAsync(HttpContext context, CurrentTenant current)
    {
        // All at hand but for the first request in half a minute, and for browsers on the shared host.
        return choice.TryByAddress(context, out var chosen) && tenants.TryFind(chosen.Tenant!, out var tenant)
            ? GoOnAsync(context, current, tenant, chosen.Source)
            : ReadAsync(context, current);
    }

    private async Task ReadAsync(HttpContext context, CurrentTenant current)
    {
        var chosen = await choice.ChooseAsync(context);
        var tenant = await tenants.FindAsync(chosen.Tenant, context.RequestAborted);
        if (tenant is not { State: TenantState.Active } && chosen.Source is TenantSource.Remembered)
        {
            // What the browser chose once is shut or gone: that must not keep it from everything else.
            (tenant, chosen.Source) = (await tenants.FindAsync(TenantId.Default, context.RequestAborted), TenantSource.Default);
        }

        await GoOnAsync(context, current, tenant, chosen.Source);
    }

    private Task GoOnAsync(HttpContext context, CurrentTenant current, TenantRecord? tenant, TenantSource source)
    {
        if (tenant is not { State: TenantState.Active })
        {
            return RefuseAsync(context, tenant);
        }

        current.Record = tenant;
        context.Features.Set(new TenantFeature(tenant, source));
        if (source is TenantSource.Parameter)
        {
            choice.Remember(context, tenant.Id);
        }

        return next(context);
    }

    private Task RefuseAsync(HttpContext context, TenantRecord? tenant)
    {
        // Styles and scripts of the refusal's own page are no tenant's.
        if (context.Features.GetRequiredFeature<CanonicalRequest>().Path.StartsWith(OwnPaths.Assets, StringComparison.Ordinal))
        {
            return next(context);
        }

        return AnswerWriter.WriteAsync(context, tenant is { State: TenantState.Suspended }
            ? new Answer(403, "tenant-suspended", "This organization is suspended", "Nobody can sign in to it for the time being. Ask whoever runs it.", AnswerId.New())
            : new Answer(404, "tenant-unknown", "There is no such organization", "Check the address, or ask whoever gave it to you.", AnswerId.New()));
    }
}
