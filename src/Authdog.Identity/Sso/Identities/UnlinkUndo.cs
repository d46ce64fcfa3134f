using Authdog.Identity.Notices;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sso.Identities;

/// <summary>Links an identity again that somebody else has unlinked, unless it has become another account's.</summary>
internal sealed class UnlinkUndo(ExternalIdentities identities) : ISecurityUndo
{
    public string Kind => IdentityNotices.UndoUnlink;

    public async Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken) =>
        IdentityNotices.Read(subject) is { } identity && await identities.LinkAsync(user, identity, cancellationToken) is not ExternalIdentities.Linking.OtherUsers;
}
