using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Pages;

/// <summary>Shows the real pages with a brand that is not live yet, to whoever has its key: every page of this browser, until the preview is ended.</summary>
internal static class BrandPreviewEndpoints
{
    private const string Path = PagePaths.Prefix + "/brand-preview";
    internal const string EndPath = Path + "/end";

    public static void MapBrandPreview(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, Show);
        endpoints.MapGet(EndPath, static () => TypedResults.Redirect(Path));
        endpoints.MapPost(EndPath, End);
    }

    private static IResult Show(HttpContext context, RequestBrand brand, PageRenderer pages, ErrorPages errors)
    {
        if (context.Request.Query["key"].ToString() is { Length: > 0 } key && brand.IsKey(key))
        {
            // The key leaves the address at once: it would stay in histories.
            brand.Open(context, key);
            return TypedResults.Redirect(Path);
        }

        return brand.IsPreview(context) ? pages.Page<BrandPreviewPage>(context, StatusCodes.Status200OK) : errors.Page(context, ErrorKind.NotFound);
    }

    private static RedirectHttpResult End(HttpContext context, RequestBrand brand)
    {
        brand.Close(context);
        return TypedResults.Redirect(PagePaths.Login);
    }
}
