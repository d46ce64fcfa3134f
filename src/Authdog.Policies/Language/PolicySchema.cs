using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Authdog.Policies.Language;

/// <summary>The JSON Schema of policy files, for editors, made from the table that the parser uses.</summary>
public static class PolicySchema
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented JSON that ends with a line feed.</summary>
    public static string Generate() => new JsonObject
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = "Authdog policy",
        ["description"] = "One policy. See policies/README.md.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = Strings(["policy", "rules"]),
        ["properties"] = new JsonObject
        {
            ["policy"] = Text("Name of the policy; a route names it in AuthorizationPolicy.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
            ["description"] = Text("For people.", null),
            ["rules"] = new JsonObject
            {
                ["description"] = "Deny wins. Among the others the first rule that matches and whose requirement holds lets pass. Nothing matched is refused.",
                ["type"] = "array",
                ["minItems"] = 1,
                ["items"] = Reference("rule"),
            },
        },
        ["definitions"] = new JsonObject
        {
            ["rule"] = Rule(),
            ["condition"] = Condition(),
            ["requirement"] = Requirement(),
            ["claim"] = Claim(),
        },
    }.ToJsonString(Format) + "\n";

    private static JsonObject Rule() => Mapping(["name", "effect"], new JsonObject
    {
        ["name"] = Text("Name of the rule, for logs, explanations and tests; unique in the policy.", null),
        ["effect"] = new JsonObject
        {
            ["description"] = "public: anybody, identity is not passed on. optional: anybody, identity is passed on when there is one. allow: signed-in people. deny: nobody.",
            ["enum"] = Strings(RuleReader.Effects),
        },
        ["when"] = Reference("condition"),
        ["require"] = Reference("requirement"),
    });

    private static JsonObject Condition()
    {
        var keywords = new JsonObject();
        foreach (var keyword in CriterionKeywords.All)
        {
            var schema = Value(keyword);
            schema["description"] = keyword.Description;
            schema["examples"] = Strings([keyword.Example]);
            keywords[keyword.Name] = schema;
        }

        var condition = Mapping([], keywords);
        condition["description"] = "Every key in here must hold.";
        condition["minProperties"] = 1;
        return condition;
    }

    private static JsonObject Value(CriterionKeyword keyword) => keyword.Shape switch
    {
        CriterionShape.Combination => Many(Reference("condition")),
        CriterionShape.Opposite => OneOrMany(() => Reference("condition")),
        CriterionShape.Claims => OneOrMany(() => Reference("claim")),
        CriterionShape.Value => Single(keyword),
        _ => OneOrMany(() => Single(keyword)),
    };

    private static JsonObject Requirement()
    {
        var keywords = new JsonObject();
        foreach (var keyword in CriterionKeywords.All.Where(keyword => RequirementReader.Keys.Contains(keyword.Name)))
        {
            keywords[keyword.Name] = keyword.Name == "amr" ? OneOrMany(() => Single(keyword)) : Single(keyword);
        }

        var requirement = Mapping([], keywords);
        requirement["description"] = "How the person must have authenticated; when only this is missing, a step-up is asked for. Only with the effect allow.";
        requirement["minProperties"] = 1;
        return requirement;
    }

    private static JsonObject Claim() => Mapping(["name"], new JsonObject
    {
        ["name"] = Text("Name of the claim.", null),
        ["value"] = OneOrMany(() => Text(null, null)),
        ["at-least"] = Number("Smallest accepted number."),
        ["at-most"] = Number("Largest accepted number."),
    });

    private static JsonObject Single(CriterionKeyword keyword) => keyword.Values is { } values
        ? new JsonObject { ["enum"] = Strings(values) }
        : Text(null, keyword.Pattern);

    // A number or a boolean is taken as the text that stands there.
    private static JsonObject Text(string? description, string? pattern)
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

    private static JsonObject Number(string description) => new() { ["type"] = "number", ["description"] = description };

    private static JsonObject Mapping(string[] required, JsonObject properties)
    {
        var mapping = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (required.Length > 0)
        {
            mapping["required"] = Strings(required);
        }

        mapping["properties"] = properties;
        return mapping;
    }

    private static JsonObject Many(JsonObject item) => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = item };

    private static JsonObject OneOrMany(Func<JsonObject> item) => new() { ["anyOf"] = new JsonArray(item(), Many(item())) };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
