using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Sso;

/// <summary>A tenant's identity provider. Key: tenant and id; people and addresses name it by its slug.</summary>
public sealed partial class Connection : ITenantOwned
{
    /// <summary>Most connections of one tenant: they are cached together (B18).</summary>
    internal const int MaxPerTenant = 100;

    /// <summary>What policies call a sign-in by the gateway itself: no connection's name.</summary>
    internal const string Local = "local";

    /// <summary>Longest slug.</summary>
    internal const int MaxSlug = 40;

    /// <summary>Longest document of settings or mapping, in characters.</summary>
    internal const int MaxDocument = 256 * 1024;

    /// <inheritdoc/>
    public required TenantId TenantId { get; init; }

    /// <summary>UUID version 7. Identities hang on it: a connection that is made anew under the same slug inherits nobody (I4).</summary>
    public required Guid Id { get; init; }

    /// <summary>Name in addresses, policies and commands, such as <c>okta</c>; never changes.</summary>
    public required string Slug { get; init; }

    /// <summary>Its protocol.</summary>
    public required ConnectionKind Kind { get; init; }

    /// <summary>What people call it, such as <c>Acme</c>.</summary>
    public required string Name { get; set; }

    /// <summary>Whether anybody can sign in by it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether people of its domains have to: every other way to begin a sign-in is refused to them.</summary>
    public bool Enforced { get; set; }

    /// <summary>Whether people whom the directory does not know become users by signing in.</summary>
    public bool JustInTime { get; set; } = true;

    /// <summary>Whether the login page has a button for it, for people whose address does not lead to it.</summary>
    public bool HasButton { get; set; }

    /// <summary>What its protocol needs, as JSON; secrets in it are encrypted.</summary>
    public required string Settings { get; set; }

    /// <summary>Which claims become what, as JSON (<see cref="ConnectionMapping"/>).</summary>
    public string Mapping { get; set; } = "{}";

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed the last time.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether a text can be a slug: 1–40 of a–z, 0–9 and inner '-'.</summary>
    public static bool IsSlug(string? text) => text is { Length: > 0 and <= MaxSlug } && Slugs().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Slugs();
}
