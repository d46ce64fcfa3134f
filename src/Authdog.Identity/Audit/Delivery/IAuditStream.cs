using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Somewhere else that events go. Each gets a tenant's events in the order of the chain, each at least once.</summary>
internal interface IAuditStream
{
    /// <summary>Its name in the database: never changed.</summary>
    string Name { get; }

    /// <summary>Tries before a batch is set aside; null for as many as it takes.</summary>
    int? Attempts { get; }

    /// <summary>Hands over a batch, which is not empty.</summary>
    /// <exception cref="AuditDeliveryException">It was not taken.</exception>
    Task DeliverAsync(TenantId tenant, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);
}
