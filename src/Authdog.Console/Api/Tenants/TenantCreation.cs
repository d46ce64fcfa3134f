namespace Authdog.Console.Api.Tenants;

/// <summary>A tenant to be made.</summary>
internal sealed record TenantCreation
{
    /// <summary>1 to 63 of <c>a–z</c>, <c>0–9</c> and inner <c>-</c>; never changes.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }
}
