using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Mfa;

/// <summary>The account's pages of second steps.</summary>
internal static class MfaEndpoints
{
    internal const string AddPath = PagePaths.SecondSteps + "/authenticator";
    internal const string RenamePath = PagePaths.SecondSteps + "/rename";
    internal const string RemovePath = PagePaths.SecondSteps + "/remove";
    internal const string CodesPath = PagePaths.SecondSteps + "/recovery-codes";

    internal static string RemovalOf(Guid authenticator) => $"{RemovePath}?id={authenticator:N}";

    /// <summary>New recovery codes on the way to somewhere else.</summary>
    internal static string CodesTo(string next) => LoginAddress.Keep(CodesPath, next);

    public static void MapMfa(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.SecondSteps, Show);
        endpoints.MapGet(AddPath, ShowAdd);
        endpoints.MapPost(AddPath, PostAdd);
        endpoints.MapPost(RenamePath, PostRename);
        endpoints.MapGet(RemovePath, ShowRemove);
        endpoints.MapPost(RemovePath, PostRemove);
        endpoints.MapGet(CodesPath, ShowCodes);
        endpoints.MapPost(CodesPath, PostCodes);
    }

    private static Task<IResult> Show(HttpContext context, SecondStepsCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> ShowAdd(HttpContext context, SecondStepsCeremony ceremony) => ceremony.ShowAddAsync(context);

    private static Task<IResult> PostAdd(HttpContext context, SecondStepsCeremony ceremony) => ceremony.AddAsync(context);

    private static Task<IResult> PostRename(HttpContext context, SecondStepsCeremony ceremony) => ceremony.RenameAsync(context);

    private static Task<IResult> ShowRemove(HttpContext context, SecondStepsCeremony ceremony) => ceremony.RemoveAsync(context, confirmed: false);

    private static Task<IResult> ShowCodes(HttpContext context, SecondStepsCeremony ceremony) => ceremony.CodesAsync(context, confirmed: false);

    private static Task<IResult> PostRemove(HttpContext context, SecondStepsCeremony ceremony) => ceremony.RemoveAsync(context, confirmed: true);

    private static Task<IResult> PostCodes(HttpContext context, SecondStepsCeremony ceremony) => ceremony.CodesAsync(context, confirmed: true);
}
