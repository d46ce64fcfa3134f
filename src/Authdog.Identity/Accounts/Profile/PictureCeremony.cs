using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>Takes, serves and removes the picture of who is signed in.</summary>
internal sealed class PictureCeremony(AccountPages account, ProfileCeremony profile, Pictures pictures, ErrorPages errors, IOptions<ProfileOptions> options)
{
    public async Task<IResult> ServeAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Profile, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await pictures.FindAsync(session.User, context.RequestAborted) is not { } picture || context.Request.Query["v"] != picture.Version)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        // It never is a document here, and no other site sees it, whatever its bytes would mean to some program.
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return TypedResults.Bytes(picture.Content, picture.MediaType);
    }

    public async Task<IResult> SaveAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Profile, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (!options.Value.Pictures)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        if (await ReadAsync(context.Request.Form.Files.GetFile("picture")) is not { } file)
        {
            return await profile.FormAsync(context, session, FormErrors.Of("picture", account.Texts(context)["Profile.PictureRefused"]));
        }

        await pictures.SetAsync(session.User, file, context.RequestAborted);
        return AccountPages.Done(AccountPaths.Profile, "picture");
    }

    public async Task<IResult> RemoveAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Profile, out var refusal) is not { } session)
        {
            return refusal;
        }

        await pictures.RemoveAsync(session.User, context.RequestAborted);
        return AccountPages.Done(AccountPaths.Profile, "picture-removed");
    }

    private static async Task<PictureFile?> ReadAsync(IFormFile? sent)
    {
        if (sent is not { Length: > 0 and <= PictureFile.MaxBytes })
        {
            return null;
        }

        var bytes = new byte[sent.Length];
        await using var stream = sent.OpenReadStream();
        await stream.ReadExactlyAsync(bytes);
        return PictureFile.Read(bytes);
    }
}
