using Authdog.Identity.ApiKeys;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Domains;

/// <summary>E-mail domains of a tenant.</summary>
internal static class DomainEndpoints
{
    public static void MapDomains(this IEndpointRouteBuilder endpoints)
    {
        var domains = endpoints.MapGroup(ApiPaths.Tenant + "/domains").WithTags("Domains");
        domains.MapGet("", ListAsync).Reads<ApiPage<DomainResource>>("listDomains", "All domains by name, verified or not.", ApiScopes.DomainsRead);
        domains.MapGet("/{domain}", GetAsync).Reads<DomainResource>("getDomain", "A domain, with the TXT record that proves it.", ApiScopes.DomainsRead);
        domains.MapPut("/{domain}", SetAsync).Changes<DomainUpdate, DomainResource>("setDomain", "Add a domain, or change one. It means nothing until it is verified.", ApiScopes.DomainsWrite);
        domains.MapPost("/{domain}/verify", VerifyAsync).Does<DomainResource>("verifyDomain", "Look the TXT record up, and give the tenant the domain when it is there.", ApiScopes.DomainsWrite);
        domains.MapDelete("/{domain}", RemoveAsync).Removes("removeDomain", "Take a domain away at once.", ApiScopes.DomainsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        var domains = await call.Get<DomainVerification>().ListAsync(call.Tenant.Id, call.Aborted);
        return ApiAnswer.Page(new ApiPage<DomainResource>([.. domains.Select(DomainResource.Of)], Next: null));
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string domain)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, domain) is { } found ? ApiAnswer.Ok(DomainResource.Of(found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> SetAsync(HttpContext context, string tenant, string domain)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, domain) is { } now && call.Precondition(DomainResource.Of(now)) is { } changed)
        {
            return changed;
        }

        if (call.Read<DomainUpdate>(out var refusal) is not { } wanted)
        {
            return refusal;
        }

        var domains = call.Get<DomainVerification>();
        return await domains.AddAsync(call.Tenant.Id, domain, CancellationToken.None) is DomainChange.Refused refused
            ? Refuse(refused)
            : Answer(await domains.SetAsync(call.Tenant.Id, domain, new DomainWishes { Capture = wanted.Capture, Join = wanted.Join, JoinRoles = wanted.JoinRoles }, CancellationToken.None));
    }

    private static async Task<ApiAnswer> VerifyAsync(HttpContext context, string tenant, string domain)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, domain) is null ? ApiProblem.NotFound() : Answer(await call.Get<DomainVerification>().VerifyAsync(call.Tenant.Id, domain, call.Aborted));
    }

    private static async Task<ApiAnswer> RemoveAsync(HttpContext context, string tenant, string domain)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, domain) is not { } now)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(DomainResource.Of(now)) is { } changed)
        {
            return changed;
        }

        return await call.Get<DomainVerification>().RemoveAsync(call.Tenant.Id, domain, CancellationToken.None) is DomainChange.Refused refused ? Refuse(refused) : ApiAnswer.NoContent;
    }

    private static ApiAnswer Answer(DomainChange change) => change switch
    {
        DomainChange.Done { Domain: var domain } => ApiAnswer.Ok(DomainResource.Of(domain)),
        DomainChange.Refused refused => Refuse(refused),
        _ => ApiProblem.NotFound(),
    };

    private static ApiAnswer Refuse(DomainChange.Refused refused) => refused.Reason switch
    {
        DomainRefusal.NotAdded => ApiProblem.NotFound(),
        DomainRefusal.UnknownRole => Field("joinRoles", refused.Text),
        DomainRefusal.NotADomain or DomainRefusal.Shared => ApiProblem.Parameter("domain", refused.Text),
        _ => ApiProblem.Conflict(refused.Text),
    };

    private static ApiAnswer Field(string field, string text)
    {
        FieldErrors errors = new();
        errors.Add(field, text);
        return errors.Answer();
    }

    private static async Task<TenantDomain?> FindAsync(ApiCall call, string domain) =>
        (await call.Get<DomainVerification>().ListAsync(call.Tenant.Id, call.Aborted)).FirstOrDefault(row => row.Domain.Equals(domain, StringComparison.OrdinalIgnoreCase));
}
