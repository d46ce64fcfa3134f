namespace Authdog.Identity.Invitations;

/// <summary>What has become of an invitation. The database keeps the name, so a member is never renamed.</summary>
public enum InvitationState
{
    /// <summary>Sent; it works until it expires.</summary>
    Pending,

    /// <summary>The person has joined.</summary>
    Accepted,

    /// <summary>Taken back before it was accepted.</summary>
    Revoked,
}
