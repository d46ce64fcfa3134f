using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Admission;

/// <summary>The page of the waiting line.</summary>
internal static class AdmissionEndpoints
{
    public static void MapAdmission(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(WaitingRoom.Path, Show);

    private static Task<IResult> Show(HttpContext context, WaitingRoom room) => room.ShowAsync(context);
}
