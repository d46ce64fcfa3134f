using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>The account's pages about passkeys. Where passkeys are off there are none.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<IOptions<PasskeyOptions>>().Value.Enabled)
        {
            return;
        }

        endpoints.MapGet(PasskeyPaths.List, List);
        endpoints.MapGet(PasskeyPaths.Add, ShowAdd);
        endpoints.MapPost(PasskeyPaths.Add, Add);
        endpoints.MapGet(PasskeyPaths.Offer, ShowOffer);
        endpoints.MapPost(PasskeyPaths.Offer, AcceptOffer);
        endpoints.MapPost(PasskeyPaths.OfferLater, LaterOffer);
        endpoints.MapGet(PasskeyPaths.One, ShowOne);
        endpoints.MapPost(PasskeyPaths.One, Rename);
        endpoints.MapGet(PasskeyPaths.OneRemove, ShowRemove);
        endpoints.MapPost(PasskeyPaths.OneRemove, Remove);
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
