using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts.Export;

/// <summary>What is kept about me, and a copy of it.</summary>
internal static class ExportEndpoints
{
    public static void MapExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AccountPaths.Records, Show);
        endpoints.MapGet(AccountPaths.Export, ShowExport);
        endpoints.MapPost(AccountPaths.Export, Download);
    }

    private static Task<IResult> Show(HttpContext context, ExportCeremony ceremony) => ceremony.ShowAsync(context);

    private static IResult ShowExport(HttpContext context, ExportCeremony ceremony) => ceremony.ShowExport(context);

    private static Task<IResult> Download(HttpContext context, ExportCeremony ceremony) => ceremony.DownloadAsync(context);
}
