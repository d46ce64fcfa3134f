using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>A person's picture, as <see cref="PictureFile"/> let it through.</summary>
internal sealed class UserPicture : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>First 16 hexadecimal digits of the content's SHA-256; part of its address, so that it can be kept by browsers for ever.</summary>
    public required string Version { get; set; }

    /// <summary>Such as <c>image/png</c>.</summary>
    public required string MediaType { get; set; }

    public required byte[] Content { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
