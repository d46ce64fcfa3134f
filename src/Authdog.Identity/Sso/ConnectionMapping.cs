using System.Collections.Immutable;
using System.Text.Json;
using Authdog.Identity.Users;

namespace Authdog.Identity.Sso;

/// <summary>Which claims of an identity provider become what. A path goes into nested objects by dots (<c>realm_access.roles</c>); a claim whose whole name has dots is found first.</summary>
public sealed record ConnectionMapping
{
    private const int MaxEntries = 500;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Path of the e-mail address.</summary>
    public string Email { get; init; } = "email";

    /// <summary>Path of the display name.</summary>
    public string Name { get; init; } = "name";

    /// <summary>Path of the groups.</summary>
    public string Groups { get; init; } = "groups";

    /// <summary>Roles by the group that gives them.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Roles { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Roles that everybody gets who comes by the connection.</summary>
    public ImmutableArray<string> DefaultRoles { get; init; } = [];

    /// <summary>Paths by the attribute of the directory's schema that they fill.</summary>
    public ImmutableDictionary<string, string> Attributes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Reads a document that was judged before it was written.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ConnectionMapping Parse(string json) => JsonSerializer.Deserialize<ConnectionMapping>(json, s_json) ?? throw new JsonException("The mapping is null.");

    /// <summary>The document.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>What is wrong with it, each with its cure.</summary>
    public IEnumerable<string> Mistakes()
    {
        foreach (var (what, path) in Attributes.Select(pair => ($"attributes.{pair.Key}", pair.Value)).Prepend(("groups", Groups)).Prepend(("name", Name)).Prepend(("email", Email)))
        {
            if (string.IsNullOrWhiteSpace(path) || path.Length > 256)
            {
                yield return $"AG5301 mapping {what} is '{path}'. Give the name of a claim or a path into one, such as realm_access.roles.";
            }
        }

        foreach (var role in Roles.Values.SelectMany(static roles => roles).Concat(DefaultRoles).Where(static role => !Role.IsName(role)).Distinct(StringComparer.Ordinal))
        {
            yield return $"AG5302 mapping gives the role '{role}', which cannot be a role's name. Use 1–64 letters, digits and - _ . : /";
        }

        if (Roles.Count + Attributes.Count > MaxEntries)
        {
            yield return $"AG5303 mapping has {Roles.Count + Attributes.Count} entries. Give at most {MaxEntries}.";
        }
    }
}
