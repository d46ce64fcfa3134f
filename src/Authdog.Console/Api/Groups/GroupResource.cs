using Authdog.Identity.Users;

namespace Authdog.Console.Api.Groups;

/// <summary>A group as the API shows it.</summary>
internal sealed record GroupResource
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Roles that all members have.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public static async Task<GroupResource> OfAsync(ApiCall call, Group group) =>
        new() { Id = group.Id.ToString(), Name = group.Name, Roles = await call.Get<GroupDirectory>().RolesAsync(group, call.Aborted) };
}
