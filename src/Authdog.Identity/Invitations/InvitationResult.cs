namespace Authdog.Identity.Invitations;

/// <summary>What inviting somebody gave: a closed set.</summary>
public abstract record InvitationResult
{
    private InvitationResult()
    {
    }

    /// <summary>The mail is on its way.</summary>
    public sealed record Sent(Invitation Invitation) : InvitationResult;

    /// <summary>This address has an invitation that is still open.</summary>
    public sealed record Open(Invitation Invitation) : InvitationResult;

    /// <summary>So many messages went to this address lately that there is no further one.</summary>
    public sealed record TooMany : InvitationResult;

    /// <summary>It is over: accepted or taken back.</summary>
    public sealed record Over : InvitationResult;

    /// <summary>Nothing was sent.</summary>
    /// <param name="Mistakes">What is wrong, by field (<c>email</c>, <c>roles</c>, <c>groups</c>, <c>lifetime</c>, <c>language</c>).</param>
    public sealed record Refused(IReadOnlyList<(string Field, string Problem)> Mistakes) : InvitationResult;
}
