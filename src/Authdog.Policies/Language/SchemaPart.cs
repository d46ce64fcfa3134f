using System.Text.Json.Nodes;

namespace Authdog.Policies.Language;

/// <summary>The parts that <see cref="PolicySchema"/> is made of.</summary>
internal static class SchemaPart
{
    /// <summary>What may stand behind a key.</summary>
    public static JsonObject Of(ValueShape shape) => shape switch
    {
        ValueShape.Single single => Single(single.Pattern, single.Words),
        ValueShape.Many many => OneOrMany(() => Single(many.Pattern, many.Words)),
        ValueShape.Number => new JsonObject { ["type"] = "number" },
        ValueShape.Keys { MayRepeat: true } keys => OneOrMany(() => WordsOrKeys(keys)),
        ValueShape.Keys keys => WordsOrKeys(keys),
        ValueShape.Conditions => Many(Reference("condition")),
        _ => OneOrMany(() => Reference("condition")),
    };

    // A number or a boolean is taken as the text that stands there.
    public static JsonObject Text(string? description, string? pattern)
    {
        var text = new JsonObject { ["type"] = pattern is null ? Strings(["string", "number", "boolean"]) : "string" };
        if (description is not null)
        {
            text["description"] = description;
        }

        if (pattern is not null)
        {
            text["pattern"] = pattern;
        }

        return text;
    }

    public static JsonObject Mapping(IReadOnlyList<string> required, JsonObject properties)
    {
        var mapping = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            mapping["required"] = Strings(required);
        }

        mapping["properties"] = properties;
        return mapping;
    }

    public static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    private static JsonObject WordsOrKeys(ValueShape.Keys keys)
    {
        var properties = new JsonObject();
        foreach (var key in keys.All)
        {
            var schema = Of(key.Shape);
            schema["description"] = key.Description;
            properties[key.Name] = schema;
        }

        var mapping = Mapping([.. keys.All.Where(key => key.IsRequired).Select(key => key.Name)], properties);
        mapping["minProperties"] = 1;
        return keys.Words is { } words ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = Strings(words) }, mapping) } : mapping;
    }

    private static JsonObject Single(string? pattern, IReadOnlyList<string>? words) => words is null
        ? Text(null, pattern)
        : new JsonObject { ["enum"] = Strings(words) };

    private static JsonObject Many(JsonObject item) => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = item };

    private static JsonObject OneOrMany(Func<JsonObject> item) => new() { ["anyOf"] = new JsonArray(item(), Many(item())) };
}
