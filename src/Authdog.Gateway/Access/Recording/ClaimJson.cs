using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Writes a typed claim as the JSON that it came from.</summary>
internal static class ClaimJson
{
    public static JsonElement Write(ClaimValue value) => JsonSerializer.SerializeToElement(Node(value));

    private static JsonNode? Node(ClaimValue value) => value switch
    {
        ClaimValue.Text text => JsonValue.Create(text.Value),
        ClaimValue.Number number => JsonValue.Create(number.Value),
        ClaimValue.Flag flag => JsonValue.Create(flag.Value),
        ClaimValue.List list => new JsonArray([.. list.Items.Select(Node)]),
        ClaimValue.Nested nested => new JsonObject(nested.Members.Select(member => KeyValuePair.Create(member.Key, Node(member.Value)))),
        _ => null,
    };
}
