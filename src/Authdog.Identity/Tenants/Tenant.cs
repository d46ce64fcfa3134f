using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Tenants;

/// <summary>A customer, with users of its own.</summary>
public sealed class Tenant
{
    /// <summary>The id; never changes.</summary>
    public required TenantId Id { get; init; }

    /// <summary>Name that people read.</summary>
    public required string Name { get; set; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it has set for itself, as JSON that was judged before it was written; null when nothing.</summary>
    public string? Settings { get; set; }

    /// <summary>Where it is in its life.</summary>
    public TenantState State { get; set; } = TenantState.Active;

    /// <summary>Since when it is there; null when it has always been.</summary>
    public DateTimeOffset? StateSince { get; set; }

    /// <summary>No session that began until then is one any more; null when none has been ended this way.</summary>
    public DateTimeOffset? SessionsEndedAt { get; set; }
}
