using System.Text.Json.Nodes;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Tenants;

/// <summary>Tenants: all of them with a global key, its own with a tenant's.</summary>
internal static class TenantEndpoints
{
    private const string List = "tenants";
    private const int MaxName = 200;

    public static void MapTenants(this IEndpointRouteBuilder endpoints)
    {
        var tenants = endpoints.MapGroup(ApiPaths.Tenants).WithTags("Tenants");
        tenants.MapGet("", ListAsync).Reads<ApiPage<TenantSummary>>("listTenants", "Tenants by id that the key works in.", ApiScopes.TenantsRead);
        tenants.MapPost("", (Delegate)CreateAsync).Creates<TenantCreation, TenantResource>("createTenant", "Make a tenant.", ApiScopes.TenantsWrite).GlobalOnly();
        tenants.MapGet("/{tenant}", Get).Reads<TenantResource>("getTenant", "A tenant.", ApiScopes.TenantsRead);
        tenants.MapPatch("/{tenant}", ChangeAsync).Changes<TenantUpdate, TenantResource>("changeTenant", "Change a tenant (JSON merge patch). Every node follows at once.", ApiScopes.TenantsWrite);
        tenants.MapDelete("/{tenant}", DeleteAsync).Removes("deleteTenant", "Shut a tenant; it is erased when the grace is over.", ApiScopes.TenantsWrite).GlobalOnly();
        tenants.MapPost("/{tenant}/suspend", SuspendAsync).Does<TenantResource>("suspendTenant", "Shut a tenant; its sessions end at once.", ApiScopes.TenantsWrite).GlobalOnly();
        tenants.MapPost("/{tenant}/resume", ResumeAsync).Does<TenantResource>("resumeTenant", "Open a tenant that is suspended, or deleted and not erased yet.", ApiScopes.TenantsWrite).GlobalOnly();
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, ApiCursor cursors)
    {
        var call = ApiCall.Of(context);
        var directory = call.Get<TenantDirectory>();
        if (!call.Key.IsGlobal)
        {
            return await directory.FindAsync(call.Key.TenantId, call.Aborted) is { } own ? ApiAnswer.Page(new ApiPage<TenantSummary>([TenantSummary.Of(own)], Next: null)) : ApiProblem.NotFound();
        }

        if (!cursors.TryRead(call, List, out var after, out var limit, out var refusal))
        {
            return refusal;
        }

        var rows = await directory.ListAsync(TenantId.TryParse(after, out var last) ? last : null, limit + 1, call.Aborted);
        return cursors.Page(List, rows, limit, static row => row.Id.Value, TenantSummary.Of);
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext context)
    {
        var call = ApiCall.Of(context);
        if (call.Read<TenantCreation>(out var refusal) is not { } creation)
        {
            return refusal;
        }

        FieldErrors errors = new();
        if (!TenantId.TryParse(creation.Id, out var id))
        {
            errors.Add("id", "Give 1 to 63 of a-z, 0-9 and inner '-'.");
        }

        Name(creation.Name, errors);
        if (errors.Any)
        {
            return errors.Answer();
        }

        if (await call.Get<TenantDirectory>().AddAsync(id!, creation.Name, CancellationToken.None) is null)
        {
            return ApiProblem.Conflict("This id is taken.");
        }

        await call.Get<TenantChanges>().TellAsync(id!);
        return ApiAnswer.Created($"{ApiPaths.Tenants}/{id}", await ShowAsync(call, id!));
    }

    private static ApiAnswer Get(HttpContext context, string tenant) => ApiAnswer.Ok(TenantResource.Of(ApiCall.Of(context).Tenant));

    private static async Task<ApiAnswer> ChangeAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        var now = TenantResource.Of(call.Tenant);
        if (call.Precondition(now) is { } changed)
        {
            return changed;
        }

        if (call.Patch(new TenantUpdate { Name = now.Name, Settings = now.Settings }, out var refusal) is not { } wanted)
        {
            return refusal;
        }

        FieldErrors errors = new();
        Name(wanted.Name, errors);
        var (changes, check) = (call.Get<TenantChanges>(), call.Get<TenantSettingsCheck>());
        Prune(wanted.Settings);
        var settings = wanted.Settings.ToJsonString();
        foreach (var mistake in check.Read(settings).Mistakes)
        {
            errors.Add("settings", mistake);
        }

        if (errors.Any)
        {
            return errors.Answer();
        }

        if (!JsonNode.DeepEquals(wanted.Settings, JsonNode.Parse(call.Tenant.Settings.Json)))
        {
            await changes.SetSettingsAsync(call.Tenant.Id, settings, CancellationToken.None);
        }

        if (wanted.Name != now.Name)
        {
            await changes.SetNameAsync(call.Tenant.Id, wanted.Name, CancellationToken.None);
        }

        return ApiAnswer.Ok(await ShowAsync(call, call.Tenant.Id));
    }

    private static Task<ApiAnswer> SuspendAsync(HttpContext context, string tenant) => MoveAsync(context, static (changes, id) => changes.SuspendAsync(id, CancellationToken.None));

    private static Task<ApiAnswer> ResumeAsync(HttpContext context, string tenant) => MoveAsync(context, static (changes, id) => changes.ResumeAsync(id, CancellationToken.None));

    private static async Task<ApiAnswer> DeleteAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Precondition(TenantResource.Of(call.Tenant)) is { } changed)
        {
            return changed;
        }

        var answer = await MoveAsync(context, static (changes, id) => changes.DeleteAsync(id, CancellationToken.None));
        return answer.Status < 300 ? ApiAnswer.NoContent : answer;
    }

    private static async Task<ApiAnswer> MoveAsync(HttpContext context, Func<TenantChanges, TenantId, Task<TenantChange>> move)
    {
        var call = ApiCall.Of(context);
        return await move(call.Get<TenantChanges>(), call.Tenant.Id) switch
        {
            TenantChange.Done => ApiAnswer.Ok(await ShowAsync(call, call.Tenant.Id)),
            TenantChange.Refused { Mistakes: var mistakes } => ApiProblem.Conflict(string.Join(' ', mistakes)),
            _ => ApiProblem.NotFound(),
        };
    }

    private static async Task<TenantResource> ShowAsync(ApiCall call, TenantId id) =>
        TenantResource.Of(await call.Get<TenantCache>().FindAsync(id, CancellationToken.None) ?? throw new InvalidOperationException("The tenant has been erased in this moment."));

    private static void Name(string name, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || !name.All(static letter => !DisplayName.IsDeceptive(letter)))
        {
            errors.Add("name", $"Give 1 to {MaxName} printable characters.");
        }
    }

    // What a merge patch takes away follows the gateway's own again.
    private static void Prune(JsonObject settings)
    {
        foreach (var (name, value) in settings.ToList())
        {
            if (value is JsonObject inner)
            {
                Prune(inner);
            }

            if (value is null or JsonObject { Count: 0 })
            {
                settings.Remove(name);
            }
        }
    }
}
