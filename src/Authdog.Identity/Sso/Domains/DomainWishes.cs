namespace Authdog.Identity.Sso.Domains;

/// <summary>What a tenant wants of a domain, once it is verified; what is null stays as it is.</summary>
public sealed record DomainWishes
{
    /// <summary>Whether who wants to sign up with an address of it is led to its connection instead.</summary>
    public bool? Capture { get; init; }

    /// <summary>Whether people with a verified address of it become users by themselves.</summary>
    public bool? Join { get; init; }

    /// <summary>Roles that those get; each has to exist.</summary>
    public IReadOnlyList<string>? JoinRoles { get; init; }
}
