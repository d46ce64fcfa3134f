using Authdog.Identity.Tenants;

namespace Authdog.Console.Api.Tenants;

/// <summary>A tenant in a list.</summary>
internal sealed record TenantSummary
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>active</c>, <c>suspended</c>, <c>deleted</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static TenantSummary Of(Tenant tenant) => new() { Id = tenant.Id.Value, Name = tenant.Name, State = TenantResource.Word(tenant.State), CreatedAt = tenant.CreatedAt };
}
