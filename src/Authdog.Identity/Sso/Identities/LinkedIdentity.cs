namespace Authdog.Identity.Sso.Identities;

/// <summary>An identity elsewhere as its owner sees it.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What people call the provider.</param>
/// <param name="Account">What the account there is called; null when the provider did not say.</param>
/// <param name="LinkedAt">Since when it opens this account; null when that was before it was written down.</param>
/// <param name="UsedAt">When it was used the last time; null when it was not.</param>
/// <param name="IsManaged">Whether it is the organisation's own, and comes back at the next sign-in whatever its owner does.</param>
/// <param name="IsOver">Whether nobody can sign in by its provider any more.</param>
public sealed record LinkedIdentity(string Id, string Name, string? Account, DateTimeOffset? LinkedAt, DateTimeOffset? UsedAt, bool IsManaged, bool IsOver);
