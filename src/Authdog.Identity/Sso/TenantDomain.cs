using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Sso;

/// <summary>An e-mail domain of a tenant. It means something only while it is verified: then its people are led to a connection, and that connection is believed about their addresses (I4).</summary>
public sealed class TenantDomain : ITenantOwned
{
    /// <summary>Longest domain (RFC 1035).</summary>
    internal const int MaxLength = 253;

    /// <summary>Most roles of who joins.</summary>
    internal const int MaxRoles = 20;

    /// <inheritdoc/>
    public required TenantId TenantId { get; init; }

    /// <summary>Lower-case ASCII, as in <see cref="EmailAddress.Domain"/>.</summary>
    public required string Domain { get; init; }

    /// <summary>What its DNS has to say, to prove that it is the tenant's. No secret.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>Since when the tenant has proved to own it; null while it has not.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>When its DNS was asked the last time; null when it never was.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Since when the record of a verified domain has been missing; null while it is there.</summary>
    public DateTimeOffset? MissingSince { get; set; }

    /// <summary>Whether who wants to sign up with an address of it, while it is verified, is led to its connection instead.</summary>
    public bool Capture { get; set; }

    /// <summary>Whether people with a verified address of it, while it is verified, become users by themselves.</summary>
    public bool Join { get; set; }

    /// <summary>Roles that those get, ordered.</summary>
    public IReadOnlyList<string> JoinRoles { get; set; } = [];

    /// <summary>The connection that its people sign in by; null for none.</summary>
    public Guid? ConnectionId { get; set; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
