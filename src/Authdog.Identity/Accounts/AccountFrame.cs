using Authdog.Identity.Sessions;

namespace Authdog.Identity.Accounts;

/// <summary>What every page of self-service needs besides its own content.</summary>
/// <param name="Session">The request's session.</param>
/// <param name="Navigation">Sections of the overview, in their order.</param>
/// <param name="Path">Path of the page.</param>
/// <param name="Section">Path of the entry of the navigation that the page stands below; null when that is not known.</param>
/// <param name="Done">What has just been done, in words; null when nothing was.</param>
public sealed record AccountFrame(Session Session, IReadOnlyList<AccountSection> Navigation, string Path, string? Section, string? Done);
