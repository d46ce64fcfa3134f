using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Invitations;

/// <summary>An address that is asked to join a tenant, with what it gets there. Of the link's secret only the hash is kept.</summary>
public sealed class Invitation : ITenantOwned
{
    /// <inheritdoc/>
    public required TenantId TenantId { get; init; }

    /// <summary>UUID version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where the mail goes, in normal form.</summary>
    public required string Email { get; init; }

    /// <summary>The address as it is compared.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>SHA-256 of the secret of the link that was mailed last, lower-case hexadecimal.</summary>
    public required string TokenHash { get; set; }

    /// <summary>Roles that the person gets, ordered.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Groups that the person gets into, ordered.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Language of the mail.</summary>
    public required string Language { get; init; }

    /// <summary>What has become of it.</summary>
    public InvitationState State { get; set; } = InvitationState.Pending;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the link was mailed last.</summary>
    public required DateTimeOffset SentAt { get; set; }

    /// <summary>How long it works from each mailing on.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>When the link stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Who has joined by it; null until then.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Whether its link works at an instant.</summary>
    public bool IsOpenAt(DateTimeOffset now) => State is InvitationState.Pending && now < ExpiresAt;
}
