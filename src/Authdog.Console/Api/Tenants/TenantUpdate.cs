using System.Text.Json.Nodes;

namespace Authdog.Console.Api.Tenants;

/// <summary>What can be set of a tenant.</summary>
internal sealed record TenantUpdate
{
    public required string Name { get; init; }

    /// <summary>What it sets for itself, by the names of the configuration.</summary>
    public required JsonObject Settings { get; init; }
}
