using System.Diagnostics.CodeAnalysis;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Mfa;

/// <summary>An authenticator app that a user has set up.</summary>
public sealed class Authenticator : ITenantOwned
{
    /// <summary>The tenant that owns it.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>Derived from the seed: the same one cannot be set up twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The shared secret, encrypted.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "A column of the database.")]
    public required byte[] Seed { get; init; }

    /// <summary>The last time step whose code was taken: no code of it or of an earlier one is taken again (I6).</summary>
    public required long LastStep { get; set; }

    /// <summary>When it was set up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last code was taken.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
