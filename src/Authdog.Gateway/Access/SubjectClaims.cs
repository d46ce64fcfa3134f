using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access;

/// <summary>Gives a session's attributes the types that policies know.</summary>
internal static class SubjectClaims
{
    // Attributes come from identity providers: what nests deeper than anybody would name is left out (B18).
    private const int MaxDepth = 8;

    public static FrozenDictionary<string, ClaimValue> Of(ImmutableDictionary<string, JsonElement> claims) => claims.IsEmpty
        ? FrozenDictionary<string, ClaimValue>.Empty
        : claims.Select(claim => (Name: claim.Key, Value: Value(claim.Value, MaxDepth)))
            .Where(claim => claim.Value is not null)
            .ToFrozenDictionary(claim => claim.Name, claim => claim.Value!, StringComparer.Ordinal);

    /// <summary>The value; null for JSON's <c>null</c>, which is no value, and for what nests too deep.</summary>
    public static ClaimValue? Value(JsonElement json, int depth) => depth == 0 ? null : json.ValueKind switch
    {
        JsonValueKind.String => ClaimValue.Of(json.GetString()!),
        JsonValueKind.True => ClaimValue.Of(true),
        JsonValueKind.False => ClaimValue.Of(false),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? ClaimValue.Of(number) : ClaimValue.Of(json.GetRawText()),
        JsonValueKind.Array => new ClaimValue.List([.. json.EnumerateArray().Select(item => Value(item, depth - 1)).OfType<ClaimValue>()]),
        JsonValueKind.Object => Nested(json, depth),
        _ => null,
    };

    private static ClaimValue.Nested Nested(JsonElement json, int depth)
    {
        // A name that stands twice has its last value, as JavaScript reads it.
        Dictionary<string, ClaimValue> members = new(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (Value(member.Value, depth - 1) is { } value)
            {
                members[member.Name] = value;
            }
        }

        return new ClaimValue.Nested(members.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
