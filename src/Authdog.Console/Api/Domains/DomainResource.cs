using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;

namespace Authdog.Console.Api.Domains;

/// <summary>An e-mail domain of a tenant as the API shows it.</summary>
internal sealed record DomainResource
{
    public required string Domain { get; init; }

    /// <summary>Since when the tenant has proved to own it; null while it has not, and then it means nothing.</summary>
    public required DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Where the TXT record goes that proves it.</summary>
    public required string RecordName { get; init; }

    /// <summary>What the TXT record says.</summary>
    public required string RecordText { get; init; }

    /// <summary>Since when the record of a verified domain has been missing.</summary>
    public required DateTimeOffset? MissingSince { get; init; }

    /// <summary>Whether who wants to sign up with an address of it is led to its connection.</summary>
    public required bool Capture { get; init; }

    /// <summary>Whether people with a verified address of it become users by themselves.</summary>
    public required bool Join { get; init; }

    /// <summary>Roles that those get.</summary>
    public required IReadOnlyList<string> JoinRoles { get; init; }

    public static DomainResource Of(TenantDomain domain) => new()
    {
        Domain = domain.Domain,
        VerifiedAt = domain.VerifiedAt,
        RecordName = DomainChallenge.NameOf(domain.Domain),
        RecordText = DomainChallenge.TextOf(domain.Token),
        MissingSince = domain.MissingSince,
        Capture = domain.Capture,
        Join = domain.Join,
        JoinRoles = domain.JoinRoles,
    };
}
