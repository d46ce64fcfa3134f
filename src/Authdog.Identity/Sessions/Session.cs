using System.Collections.Immutable;
using System.Text.Json;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Sessions;

/// <summary>One signed-in browser, as plain data. An instance stands for one version; whatever changes makes a new one.</summary>
public sealed record Session
{
    /// <summary>Hash of the cookie.</summary>
    public required SessionId Id { get; init; }

    /// <summary>Rises with every change of the session's data.</summary>
    public required long Version { get; init; }

    /// <summary>Tenant of the user.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The user.</summary>
    public required UserId User { get; init; }

    /// <summary>E-mail address in normal form.</summary>
    public required string Email { get; init; }

    /// <summary>Whether <see cref="Email"/> is verified.</summary>
    public required bool EmailVerified { get; init; }

    /// <summary>Display name; the e-mail's local part when the user gave none.</summary>
    public required string Name { get; init; }

    /// <summary>Roles in the tenant, ordered.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Groups in the tenant, ordered.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Permissions that the roles give, ordered.</summary>
    public ImmutableArray<string> Permissions { get; init; } = [];

    /// <summary>Further attributes of the user by name.</summary>
    public ImmutableDictionary<string, JsonElement> Claims { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>What was proved, by which method and when; oldest first, at least one.</summary>
    public required ImmutableArray<AuthenticationFactor> Factors { get; init; }

    /// <summary>Authentication context class (<c>aal1</c>, <c>aal2</c>): what <see cref="Factors"/> are worth.</summary>
    public required string Acr { get; init; }

    /// <summary>Authentication methods (RFC 8176), ordered.</summary>
    public required ImmutableArray<string> Amr { get; init; }

    /// <summary>When the user last proved who they are (<c>auth_time</c>).</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Connection whose identity provider signed the user in, or <c>social:</c> and the name of a social provider; null when all was proved here.</summary>
    public string? Connection => Factors.LastOrDefault(static factor => factor.Connection is not null)?.Connection;

    /// <summary>How unusual the sign-in was that it began with; what is proved later does not change it.</summary>
    public SignInRisk Risk { get; init; }

    /// <summary>When the session began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends whatever happens.</summary>
    public required DateTimeOffset AbsoluteExpiresAt { get; init; }

    /// <summary>Browser's own description at sign-in; for the list of devices.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Client address at sign-in; for the list of devices.</summary>
    public string? RemoteAddress { get; init; }
}
