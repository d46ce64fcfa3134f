namespace Authdog.Identity.Audit;

/// <summary>What this process is, for events that no request caused.</summary>
/// <param name="Name">Such as <c>gateway</c>, or <c>command root</c> with the operating system's user.</param>
public sealed record AuditSource(string Name)
{
    internal const int MaxLength = 80;

    /// <summary>The running gateway by itself: by age, by schedule.</summary>
    public static AuditSource Gateway { get; } = new("gateway");

    /// <summary>Somebody at a shell.</summary>
    public static AuditSource Command(string user) => new($"command {user}");
}
