namespace Authdog.Identity.Accounts;

/// <summary>A section as a page lists it.</summary>
/// <param name="Section">The section.</param>
/// <param name="State">How things stand for this person; null when there is nothing to say.</param>
public sealed record AccountEntry(AccountSection Section, string? State);
