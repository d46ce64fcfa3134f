using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Authdog.Policies.Decisions;

/// <summary>Who asks, as a session knows them. Built once per session version and shared by requests.</summary>
public sealed record Subject
{
    /// <summary>What policies call the gateway's own sign-in, where a connection is asked for. No connection may have this id.</summary>
    public const string LocalConnection = "local";

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

    /// <summary>Permissions that the roles give, and those of an API key.</summary>
    public FrozenSet<string> Permissions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Names of the groups of the tenant's directory that the user is in.</summary>
    public FrozenSet<string> Groups { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Authentication context class: <c>aal1</c> or <c>aal2</c>.</summary>
    public required string Acr { get; init; }

    /// <summary>All authentication methods of the session (RFC 8176).</summary>
    public required FrozenSet<string> Amr { get; init; }

    /// <summary>When the user last proved who they are (<c>auth_time</c>).</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>
    /// Each proof of the session with its own time, so that a policy can ask how old a certain one is. When empty,
    /// everything in <see cref="Amr"/> counts as used at <see cref="AuthenticatedAt"/>, and no passkey counts as used.
    /// </summary>
    public ImmutableArray<FactorUse> FactorUses { get; init; } = [];

    /// <summary>When the session began; <see langword="null"/> when unknown or when there is none, as with an API key.</summary>
    public DateTimeOffset? SessionCreatedAt { get; init; }

    /// <summary>Id of the SSO connection that signed the user in, or <c>social:</c> and the name of a social provider; <see langword="null"/> for the gateway's own sign-in.</summary>
    public string? Connection { get; init; }

    /// <summary>How unusual the sign-in was.</summary>
    public RiskLevel Risk { get; init; }

    /// <summary>What the subject is signed in with.</summary>
    public ClientKind ClientKind { get; init; }

    /// <summary>Further claims by name, typed; nested ones are <see cref="ClaimValue.Nested"/>.</summary>
    public FrozenDictionary<string, ClaimValue> Claims { get; init; } = FrozenDictionary<string, ClaimValue>.Empty;

    /// <summary>The whole domain of the verified e-mail address; empty when there is none (B12).</summary>
    public ReadOnlySpan<char> VerifiedEmailDomain
    {
        get
        {
            var at = Email.IndexOf('@', StringComparison.Ordinal);

            // a@evil@corp.com belongs to nobody: exactly one @, or no domain at all.
            return EmailVerified && at > 0 && at == Email.LastIndexOf('@') ? Email.AsSpan(at + 1) : [];
        }
    }

    /// <summary>Whether one of the methods was used, at most <paramref name="age"/> ago when that is given.</summary>
    public bool HasUsed(ImmutableArray<string> methods, TimeSpan? age, DateTimeOffset now)
    {
        if (age is not { } oldest)
        {
            return IsAnyOf(methods, Amr);
        }

        if (FactorUses.IsDefaultOrEmpty)
        {
            return IsAnyOf(methods, Amr) && AuthenticationAge.IsAtMost(AuthenticatedAt, oldest, now);
        }

        foreach (var use in FactorUses)
        {
            if (AuthenticationAge.IsAtMost(use.At, oldest, now) && IsAnyOf(methods, use.Amr))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether such a passkey was used, at most <paramref name="age"/> ago when that is given.</summary>
    public bool HasUsed(PasskeyRequirement wanted, TimeSpan? age, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (FactorUses.IsDefaultOrEmpty)
        {
            return false;
        }

        foreach (var use in FactorUses)
        {
            if (use.Passkey is { } passkey && wanted.IsMetBy(passkey)
                && (age is not { } oldest || AuthenticationAge.IsAtMost(use.At, oldest, now)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnyOf(ImmutableArray<string> methods, FrozenSet<string> used)
    {
        foreach (var method in methods)
        {
            if (used.Contains(method))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnyOf(ImmutableArray<string> methods, ImmutableArray<string> used)
    {
        foreach (var method in methods)
        {
            if (used.AsSpan().Contains(method))
            {
                return true;
            }
        }

        return false;
    }
}
