using System.Collections.Frozen;

namespace Authdog.Policies.Decisions;

/// <summary>Who asks, as a session knows them. Built once per session version and shared by requests.</summary>
public sealed record Subject
{
    /// <summary>Stable id of the user (<c>sub</c>).</summary>
    public required string UserId { get; init; }

    /// <summary>Tenant of the user.</summary>
    public required string Tenant { get; init; }

    /// <summary>E-mail address in normal form (domain in lower case, ASCII).</summary>
    public required string Email { get; init; }

    /// <summary>Whether the user has proved to own <see cref="Email"/>. Unverified addresses match no e-mail criterion.</summary>
    public required bool EmailVerified { get; init; }

    /// <summary>Roles in the tenant.</summary>
    public required FrozenSet<string> Roles { get; init; }

    /// <summary>Authentication context class: <c>aal1</c> or <c>aal2</c>.</summary>
    public required string Acr { get; init; }

    /// <summary>Authentication methods (RFC 8176).</summary>
    public required FrozenSet<string> Amr { get; init; }

    /// <summary>When the user last proved who they are (<c>auth_time</c>).</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Further claims by name; a claim may have several values.</summary>
    public FrozenDictionary<string, FrozenSet<string>> Claims { get; init; } =
        FrozenDictionary<string, FrozenSet<string>>.Empty;
}
