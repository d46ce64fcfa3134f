using Authdog.Identity.Notices;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso;

/// <summary>Tells people that an identity elsewhere opens their account from now on, or no more, each with a way back.</summary>
internal sealed class IdentityNotices(SecurityNotices notices, IOptions<NoticeOptions> options, TimeProvider time)
{
    /// <summary>Kind of the undo that unlinks what somebody else has linked.</summary>
    public const string UndoLink = "identity-linked";

    /// <summary>Kind of the undo that links what somebody else has unlinked.</summary>
    public const string UndoUnlink = "identity-unlinked";

    private const int MaxSubject = 480;
    private const char Separator = '\n';

    /// <summary>An account that was there before has a new way in.</summary>
    public Task LinkedAsync(HttpContext context, User user, ExternalIdentity identity) =>
        notices.SendAsync(context, user, new SecurityNotice("Notice.IdentityLinked") { Undo = UndoLink, Subject = ExternalIdentities.IdOf(identity.Provider, identity.Key) });

    /// <summary>A way in is gone.</summary>
    /// <remarks>What was linked within the time that a notice can be answered comes not back by this one: a thief who links an identity of their own and unlinks it would otherwise
    /// have its owner bring it back.</remarks>
    public Task UnlinkedAsync(HttpContext context, User user, UserLogin gone)
    {
        var subject = string.Join(Separator, gone.LoginProvider, gone.ProviderDisplayName, gone.Account, gone.ProviderKey);
        var isOld = gone.LinkedAt is not { } since || time.GetUtcNow() - since > options.Value.UndoPeriod;
        return notices.SendAsync(context, user, isOld && subject.Length <= MaxSubject
            ? new SecurityNotice("Notice.IdentityUnlinked") { Undo = UndoUnlink, Subject = subject }
            : new SecurityNotice("Notice.IdentityUnlinked"));
    }

    /// <summary>The identity of such a notice's subject; null when it is none.</summary>
    public static ExternalIdentity? Read(string? subject) =>
        subject?.Split(Separator, 4) is [var provider, var name, var account, var key] && key.Split(' ', 2) is [var issuer, var person]
            ? new ExternalIdentity(provider, issuer, person, name, account.Length > 0 ? account : null)
            : null;
}
