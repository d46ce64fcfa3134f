using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Passkeys;

/// <summary>The account's pages about passkeys. Where a tenant's passkeys are off there are none.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder endpoints)
    {
        var passkeys = endpoints.MapGroup(string.Empty);
        passkeys.AddEndpointFilter(WhereTheyAreOn);
        passkeys.MapGet(PasskeyPaths.List, List);
        passkeys.MapGet(PasskeyPaths.Add, ShowAdd);
        passkeys.MapPost(PasskeyPaths.Add, Add);
        passkeys.MapGet(PasskeyPaths.Offer, ShowOffer);
        passkeys.MapPost(PasskeyPaths.Offer, AcceptOffer);
        passkeys.MapPost(PasskeyPaths.OfferLater, LaterOffer);
        passkeys.MapGet(PasskeyPaths.One, ShowOne);
        passkeys.MapPost(PasskeyPaths.One, Rename);
        passkeys.MapGet(PasskeyPaths.OneRemove, ShowRemove);
        passkeys.MapPost(PasskeyPaths.OneRemove, Remove);
    }

    private static ValueTask<object?> WhereTheyAreOn(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        return context.RequestServices.GetRequiredService<TenantOptions<PasskeyOptions>>().Value.Enabled
            ? next(invocation)
            : new(context.RequestServices.GetRequiredService<ErrorPages>().Page(context, ErrorKind.NotFound));
    }

    private static Task<IResult> List(HttpContext context, PasskeyAccount account) => account.ListAsync(context);

    private static Task<IResult> ShowAdd(HttpContext context, PasskeyAccount account) => account.ShowAddAsync(context);

    private static Task<IResult> Add(HttpContext context, PasskeyAccount account) => account.AddAsync(context);

    private static Task<IResult> ShowOffer(HttpContext context, PasskeyOffer offer) => offer.ShowAsync(context);

    private static Task<IResult> AcceptOffer(HttpContext context, PasskeyOffer offer) => offer.AcceptAsync(context);

    private static IResult LaterOffer(HttpContext context, PasskeyOffer offer) => offer.Later(context);

    private static Task<IResult> ShowOne(HttpContext context, Guid id, PasskeyAccount account) => account.ShowOneAsync(context, id);

    private static Task<IResult> Rename(HttpContext context, Guid id, PasskeyAccount account) => account.RenameAsync(context, id);

    private static Task<IResult> ShowRemove(HttpContext context, Guid id, PasskeyAccount account) => account.ShowRemoveAsync(context, id);

    private static Task<IResult> Remove(HttpContext context, Guid id, PasskeyAccount account) => account.RemoveAsync(context, id);
}
