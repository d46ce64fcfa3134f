using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>Keeps one picture a person.</summary>
internal sealed class Pictures(DirectoryContext context, TimeProvider time)
{
    /// <summary>The picture; null when there is none.</summary>
    public Task<UserPicture?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        context.Set<UserPicture>().AsNoTracking().SingleOrDefaultAsync(picture => picture.UserId == user.Value, cancellationToken);

    /// <summary>The picture's version without its content; null when there is none.</summary>
    public Task<string?> VersionAsync(UserId user, CancellationToken cancellationToken) =>
        context.Set<UserPicture>().Where(picture => picture.UserId == user.Value).Select(picture => picture.Version).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Puts a picture in place of the one before.</summary>
    public async Task SetAsync(UserId user, PictureFile file, CancellationToken cancellationToken)
    {
        if (await context.Set<UserPicture>().SingleOrDefaultAsync(picture => picture.UserId == user.Value, cancellationToken) is { } picture)
        {
            (picture.Version, picture.MediaType, picture.Content, picture.UpdatedAt) = (file.Version, file.MediaType, file.Content, time.GetUtcNow());
        }
        else
        {
            context.Add(new UserPicture { TenantId = context.Tenant, UserId = user.Value, Version = file.Version, MediaType = file.MediaType, Content = file.Content, UpdatedAt = time.GetUtcNow() });
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes the picture away.</summary>
    public Task RemoveAsync(UserId user, CancellationToken cancellationToken) =>
        context.Set<UserPicture>().Where(picture => picture.UserId == user.Value).ExecuteDeleteAsync(cancellationToken);
}
