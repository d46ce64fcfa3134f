using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Pages;

/// <summary>Serves what the pages are drawn with.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(PagePaths.Assets + "/{name}", Get).AllowAnonymous();

    private static IResult Get(string name, HttpContext context, PageAssets assets, ErrorPages errors)
    {
        var brand = assets.For(context);
        if ((assets.Find(name) ?? brand.Find(name)) is not { } asset)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var headers = context.Response.Headers;
        // An SVG opened by its own address is a document: no script of a logo may run on this origin.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = context.Request.Query["v"] == brand.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(asset.Content, asset.Type);
    }
}
