namespace Authdog.Identity.Recovery;

/// <summary>What a link to choose a new password stands for.</summary>
/// <param name="User">The user's id; null in a link that was never sent, kept so that an unknown address takes the same work (I1).</param>
/// <param name="Stamp">The user's security stamp: the first new password ends every other link.</param>
/// <param name="Return">Return target.</param>
internal sealed record RecoveryLink(Guid? User, string? Stamp, string Return);
