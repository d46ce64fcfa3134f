using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Authdog.Policies.Language;

/// <summary>The JSON Schema of policy files, for editors, made from the tables that the parser uses.</summary>
public static class PolicySchema
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented JSON that ends with a line feed.</summary>
    public static string Generate() => new JsonObject
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = "Authdog policy",
        ["description"] = "One policy, or the named conditions of conditions.yaml. See policies/README.md.",
        ["type"] = "object",
        ["oneOf"] = new JsonArray(SchemaPart.Reference("policy"), SchemaPart.Reference("conditions")),
        ["definitions"] = new JsonObject
        {
            ["policy"] = Policy(),
            ["conditions"] = SchemaPart.Mapping(["conditions"], new JsonObject
            {
                ["conditions"] = new JsonObject
                {
                    ["description"] = "Conditions by name; a policy uses one with condition.",
                    ["type"] = "object",
                    ["minProperties"] = 1,
                    ["additionalProperties"] = SchemaPart.Reference("condition"),
                },
            }),
            ["rule"] = Rule(),
            ["condition"] = Condition(),
            ["requirement"] = Requirement(),
        },
    }.ToJsonString(Format) + "\n";

    private static JsonObject Policy()
    {
        var properties = new JsonObject
        {
            ["policy"] = SchemaPart.Text("Name of the policy; a route names it in AuthorizationPolicy.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
            ["description"] = SchemaPart.Text("For people.", null),
            ["mode"] = Mode("shadow: judged and recorded beside the enforced policy of the same name, not enforced."),
        };
        AddTreatment(properties);
        properties["rules"] = new JsonObject
        {
            ["description"] = "Deny wins. Among the others the first rule that matches and whose requirement holds lets pass. Nothing matched is refused.",
            ["type"] = "array",
            ["minItems"] = 1,
            ["items"] = SchemaPart.Reference("rule"),
        };
        return SchemaPart.Mapping(["policy", "rules"], properties);
    }

    private static JsonObject Rule()
    {
        var properties = new JsonObject
        {
            ["name"] = SchemaPart.Text("Name of the rule, for logs, explanations and tests; unique in the policy.", null),
            ["effect"] = new JsonObject
            {
                ["description"] = "public: anybody, identity is not passed on. optional: anybody, identity is passed on when there is one. allow: signed-in people. deny: nobody.",
                ["enum"] = SchemaPart.Strings(RuleReader.Effects),
            },
            ["mode"] = Mode("shadow: judged and recorded, not enforced."),
            ["when"] = SchemaPart.Reference("condition"),
            ["require"] = SchemaPart.Reference("requirement"),
            ["challenge"] = new JsonObject
            {
                ["description"] = "true: lets pass only a client that has solved a challenge not long ago; when only this is missing, it is given one. Not with the effect deny.",
                ["enum"] = new JsonArray(true, false),
            },
            ["message"] = SchemaPart.Text("What a deny rule says to the person; plain text.", null),
            ["link"] = SchemaPart.Text("Where a deny rule sends the person for help.", "^(/|https://)"),
        };
        AddTreatment(properties);
        return SchemaPart.Mapping(["name", "effect"], properties);
    }

    private static JsonObject Condition()
    {
        var keywords = new JsonObject();
        foreach (var keyword in CriterionKeywords.All)
        {
            var schema = SchemaPart.Of(keyword.Shape);
            schema["description"] = keyword.Description;
            schema["examples"] = SchemaPart.Strings([keyword.Example]);
            keywords[keyword.Name] = schema;
        }

        var condition = SchemaPart.Mapping([], keywords);
        condition["description"] = "Every key in here must hold.";
        condition["minProperties"] = 1;
        return condition;
    }

    private static JsonObject Requirement()
    {
        var requirement = SchemaPart.Of(RequirementReader.Shape);
        requirement["description"] = "How the person must have authenticated; when only this is missing, a step-up is asked for. Only with the effect allow.";
        return requirement;
    }

    private static JsonObject Mode(string description) => new() { ["description"] = description, ["enum"] = SchemaPart.Strings(ModeReader.Modes) };

    private static void AddTreatment(JsonObject properties)
    {
        foreach (var key in TreatmentReader.Keys)
        {
            properties[key] = SchemaPart.Text($"Name of the {key.Replace('-', ' ')} that holds for these requests.", "^[A-Za-z0-9._-]{1,64}$");
        }
    }
}
