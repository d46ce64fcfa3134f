using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Where the account is signed in.</summary>
internal static class DeviceEndpoints
{
    internal const string EndPath = AccountPaths.Devices + "/end";
    internal const string EndOthersPath = AccountPaths.Devices + "/end-others";
    internal const string EndAllPath = AccountPaths.Devices + "/end-all";

    public static void MapDevices(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AccountPaths.Devices, Show);
        endpoints.MapGet(AccountPaths.History, ShowHistory);
        endpoints.MapPost(EndPath, End);
        endpoints.MapPost(EndOthersPath, EndOthers);
        endpoints.MapPost(EndAllPath, EndAll);
    }

    private static Task<IResult> Show(HttpContext context, DeviceCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> ShowHistory(HttpContext context, HistoryCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> End(HttpContext context, DeviceCeremony ceremony) => ceremony.EndAsync(context);

    private static Task<IResult> EndOthers(HttpContext context, DeviceCeremony ceremony) => ceremony.EndOthersAsync(context);

    private static Task<IResult> EndAll(HttpContext context, DeviceCeremony ceremony) => ceremony.EndAllAsync(context);
}
