using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>A person's picture.</summary>
internal sealed class PictureRecords(Pictures pictures) : IPersonalRecords
{
    public string Name => "picture";

    public IReadOnlyCollection<Type> Entities => [typeof(UserPicture)];

    public async Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken) =>
        PersonalJson.Write(json, await pictures.FindAsync(user, cancellationToken) is { } picture ? new { picture.MediaType, picture.UpdatedAt, picture.Content } : null);

    public Task EraseAsync(UserId user, CancellationToken cancellationToken) => pictures.RemoveAsync(user, cancellationToken);
}
