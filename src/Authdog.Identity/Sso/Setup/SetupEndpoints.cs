using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Sso.Setup;

/// <summary>The pages behind an invitation.</summary>
internal static class SetupEndpoints
{
    // Metadata of one identity provider, with room; a whole federation's is refused in words by who reads it.
    private const int MaxFile = 512 * 1024;

    public static void MapSetup(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(SetupPaths.Start, Show);
        endpoints.MapPost(SetupPaths.Start, Begin);
        endpoints.MapGet(SetupPaths.Provider, ShowProvider);
        endpoints.MapPost(SetupPaths.Provider, PostProvider);
        endpoints.MapGet(SetupPaths.Values, ShowValues);
        endpoints.MapGet(SetupPaths.Metadata, ShowMetadata);
        endpoints.MapPost(SetupPaths.Metadata, PostMetadata);
        endpoints.MapGet(SetupPaths.File, ToMetadata);
        endpoints.MapPost(SetupPaths.File, PostFile).WithMetadata(new UploadForm(MaxFile));
        endpoints.MapGet(SetupPaths.Client, ShowClient);
        endpoints.MapPost(SetupPaths.Client, PostClient);
        endpoints.MapGet(SetupPaths.Domain, ShowDomain);
        endpoints.MapPost(SetupPaths.Domain, PostDomain);
        endpoints.MapGet(SetupPaths.Test, ShowTest);
        endpoints.MapPost(SetupPaths.Test, BeginTest);
        endpoints.MapGet(SetupPaths.Live, ShowLive);
        endpoints.MapPost(SetupPaths.Live, PostLive);
    }

    private static Task<IResult> Show(HttpContext context, SetupCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Begin(HttpContext context, SetupCeremony ceremony) => ceremony.BeginAsync(context);

    private static Task<IResult> ShowProvider(HttpContext context, SetupCeremony ceremony) => ceremony.ShowProviderAsync(context);

    private static Task<IResult> PostProvider(HttpContext context, SetupCeremony ceremony) => ceremony.PostProviderAsync(context);

    private static Task<IResult> ShowValues(HttpContext context, SetupCeremony ceremony) => ceremony.ShowValuesAsync(context);

    private static Task<IResult> ShowMetadata(HttpContext context, SetupCeremony ceremony) => ceremony.ShowMetadataAsync(context);

    private static Task<IResult> PostMetadata(HttpContext context, SetupCeremony ceremony) => ceremony.PostMetadataAsync(context);

    // Whoever reloads the answer to the file finds the page that it is chosen on.
    private static RedirectHttpResult ToMetadata(HttpContext context) => TypedResults.Redirect(SetupPaths.Metadata + context.Request.QueryString);

    private static Task<IResult> PostFile(HttpContext context, SetupCeremony ceremony) => ceremony.PostFileAsync(context);

    private static Task<IResult> ShowClient(HttpContext context, SetupClient client) => client.ShowAsync(context);

    private static Task<IResult> PostClient(HttpContext context, SetupClient client) => client.PostAsync(context);

    private static Task<IResult> ShowDomain(HttpContext context, SetupCeremony ceremony) => ceremony.ShowDomainAsync(context);

    private static Task<IResult> PostDomain(HttpContext context, SetupCeremony ceremony) => ceremony.PostDomainAsync(context);

    private static Task<IResult> ShowTest(HttpContext context, SetupTest test) => test.ShowAsync(context);

    private static Task<IResult> BeginTest(HttpContext context, SetupTest test) => test.BeginAsync(context);

    private static Task<IResult> ShowLive(HttpContext context, SetupCeremony ceremony) => ceremony.ShowLiveAsync(context);

    private static Task<IResult> PostLive(HttpContext context, SetupCeremony ceremony) => ceremony.PostLiveAsync(context);
}
