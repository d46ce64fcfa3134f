using System.Text.Json.Nodes;
using Authdog.Identity.Tenants;

namespace Authdog.Console.Api.Tenants;

/// <summary>A tenant as the API shows it.</summary>
internal sealed record TenantResource
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>active</c>, <c>suspended</c>, <c>deleted</c> (and erased when the grace is over).</summary>
    public required string State { get; init; }

    /// <summary>Hosts, and first path segments on the shared host.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>What it has set for itself, by the names of the configuration.</summary>
    public required JsonObject Settings { get; init; }

    public static TenantResource Of(TenantRecord tenant) => new()
    {
        Id = tenant.Id.Value,
        Name = tenant.Name,
        State = Word(tenant.State),
        Addresses = tenant.Addresses,
        Settings = JsonNode.Parse(tenant.Settings.Json)!.AsObject(),
    };

    public static string Word(TenantState state) => state switch
    {
        TenantState.Active => "active",
        TenantState.Suspended => "suspended",
        _ => "deleted",
    };
}
