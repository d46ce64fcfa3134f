using Authdog.Identity.Notices;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sso.Identities;

/// <summary>Unlinks an identity whose link was not its owner's doing, be it the last way in: recovery follows.</summary>
internal sealed class LinkUndo(ExternalIdentities identities, ExternalProfile profile) : ISecurityUndo
{
    public string Kind => IdentityNotices.UndoLink;

    public async Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken)
    {
        if (subject is null || await identities.UnlinkAsync(user, subject, cancellationToken) is not { } gone)
        {
            return false;
        }

        await profile.WithdrawAsync(user, gone, cancellationToken);
        return true;
    }
}
