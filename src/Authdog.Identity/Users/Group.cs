using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Users;

/// <summary>A group of a tenant's users. Its roles are those of its members.</summary>
public sealed class Group : ITenantOwned
{
    /// <inheritdoc/>
    public required TenantId TenantId { get; init; }

    /// <summary>UUID version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name that policies and apps know.</summary>
    public required string Name { get; set; }

    /// <summary>The name as it is compared: upper case, invariant.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>Whether a name can be a group's: 1–128 printable characters without a comma, not blank at either end.</summary>
    public static bool IsName(string? name) =>
        name is { Length: >= 1 and <= 128 } && name.Trim() == name && !name.Any(letter => char.IsControl(letter) || letter is ',' || char.IsSurrogate(letter));
}
