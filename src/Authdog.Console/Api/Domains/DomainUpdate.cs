namespace Authdog.Console.Api.Domains;

/// <summary>What can be set of a domain.</summary>
internal sealed record DomainUpdate
{
    /// <summary>Whether who wants to sign up with an address of it is led to its connection.</summary>
    public bool Capture { get; init; }

    /// <summary>Whether people with a verified address of it become users by themselves, even where sign-up is shut.</summary>
    public bool Join { get; init; }

    /// <summary>Roles that there are, which those get.</summary>
    public IReadOnlyList<string> JoinRoles { get; init; } = [];
}
