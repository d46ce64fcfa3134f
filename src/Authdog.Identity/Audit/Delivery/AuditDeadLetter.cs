using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Events that a stream did not take however often it was tried. They are in the log as long as all others; <c>audit resend</c> sends them again.</summary>
internal sealed class AuditDeadLetter : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>Name of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The first of them.</summary>
    public required long First { get; init; }

    /// <summary>The last of them.</summary>
    public required long Last { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What the stream said the last time.</summary>
    public required string Reason { get; init; }
}
