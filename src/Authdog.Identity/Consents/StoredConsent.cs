using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Consents;

/// <summary>One answer of a person. Answers are added and never changed: the newest of a document counts, and the others are its history.</summary>
public sealed class StoredConsent : ITenantOwned, IAppendOnly
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>Who.</summary>
    public required Guid UserId { get; init; }

    /// <summary>UUID version 7: ordered by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>The document's id.</summary>
    public required string Document { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Hash of the words (<see cref="Wording.Hash"/>).</summary>
    public required string TextHash { get; init; }

    /// <summary>Language of the words.</summary>
    public required string Language { get; init; }

    /// <summary>Yes or no.</summary>
    public required bool Given { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it was asked.</summary>
    public required string How { get; init; }

    /// <summary>Browser and system, as people call them.</summary>
    public string? Browser { get; init; }

    /// <summary>Client address.</summary>
    public string? Address { get; init; }
}
