using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>Name, language, attributes, picture.</summary>
internal static class ProfileEndpoints
{
    internal const string PicturePath = AccountPaths.Profile + "/picture";
    internal const string SavePicturePath = AccountPaths.Profile + "/new-picture";
    internal const string RemovePicturePath = AccountPaths.Profile + "/no-picture";
    private const int FormOverhead = 8 * 1024;

    public static void MapProfile(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AccountPaths.Profile, Show);
        endpoints.MapPost(AccountPaths.Profile, Save);
        endpoints.MapGet(PicturePath, ServePicture);
        endpoints.MapPost(SavePicturePath, SavePicture).WithMetadata(new UploadForm(PictureFile.MaxBytes + FormOverhead));
        endpoints.MapPost(RemovePicturePath, RemovePicture);
    }

    private static Task<IResult> Show(HttpContext context, ProfileCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Save(HttpContext context, ProfileCeremony ceremony) => ceremony.SaveAsync(context);

    private static Task<IResult> ServePicture(HttpContext context, PictureCeremony ceremony) => ceremony.ServeAsync(context);

    private static Task<IResult> SavePicture(HttpContext context, PictureCeremony ceremony) => ceremony.SaveAsync(context);

    private static Task<IResult> RemovePicture(HttpContext context, PictureCeremony ceremony) => ceremony.RemoveAsync(context);
}
