namespace Authdog.Identity.Sessions;

/// <summary>A session and its last use.</summary>
/// <param name="Session">The session.</param>
/// <param name="SeenAt">When it was last used, up to a tenth of the idle time late.</param>
public sealed record SessionUse(Session Session, DateTimeOffset SeenAt);
