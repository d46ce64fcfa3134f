namespace Authdog.Console.Api.Domains;

/// <summary>What can be set of a domain.</summary>
internal sealed record DomainUpdate
{
    /// <summary>Whether who wants to sign up with an address of it is led to its connection.</summary>
    public bool Capture { get; init; }
}
