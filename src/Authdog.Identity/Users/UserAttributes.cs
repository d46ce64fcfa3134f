using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Users;

/// <summary>Reads and judges the attributes of a tenant's schema (<see cref="ProfileOptions.Attributes"/>), which a user's row keeps as one JSON object.</summary>
public sealed class UserAttributes(ProfileOptions options)
{
    private const int MaxItems = 50;

    /// <summary>The schema, by name.</summary>
    public IEnumerable<KeyValuePair<string, AttributeDefinition>> Schema => options.Attributes;

    /// <summary>What policies see; only what the schema has, in the type that it says.</summary>
    public ImmutableDictionary<string, JsonElement> ClaimsOf(User user) =>
        ValuesOf(user).Where(value => options.Attributes[value.Key].Claim).ToImmutableDictionary();

    /// <summary>A user's values of the schema; what does not fit its type is left out.</summary>
    public ImmutableDictionary<string, JsonElement> ValuesOf(User user)
    {
        if (user.Attributes is null)
        {
            return ImmutableDictionary<string, JsonElement>.Empty;
        }

        using var document = JsonDocument.Parse(user.Attributes);
        return document.RootElement.EnumerateObject()
            .Where(member => options.Attributes.TryGetValue(member.Name, out var definition) && Fits(definition.Type, member.Value))
            .ToImmutableDictionary(member => member.Name, member => member.Value.Clone());
    }

    /// <summary>A user's values with others in place of some; null takes one away. Values that the schema no longer has are kept.</summary>
    public static string? With(User user, IEnumerable<KeyValuePair<string, JsonNode?>> changed)
    {
        var values = user.Attributes is null ? [] : JsonNode.Parse(user.Attributes)!.AsObject();
        foreach (var (name, value) in changed)
        {
            values.Remove(name);
            if (value is not null)
            {
                values[name] = value;
            }
        }

        return values.Count > 0 ? values.ToJsonString() : null;
    }

    /// <summary>Reads what somebody typed; false when it is no value of the attribute. An empty text is no value, and refused only where one is required.</summary>
    public static bool TryRead(AttributeDefinition definition, string text, out JsonNode? value)
    {
        value = null;
        text = text.Trim();
        switch (definition.Type)
        {
            case AttributeType.Boolean:
                value = JsonValue.Create(text.Length > 0);
                return !definition.Required || text.Length > 0;
            case var _ when text.Length == 0:
                return !definition.Required;
            case AttributeType.Number:
                var isNumber = decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
                value = isNumber ? JsonValue.Create(number) : null;
                return isNumber;
            case AttributeType.List:
                var items = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                value = new JsonArray([.. items.Select(item => (JsonNode?)JsonValue.Create(item))]);
                return items.Length <= MaxItems && items.All(item => IsText(definition, item));
            default:
                value = JsonValue.Create(text);
                return IsText(definition, text) && (definition.Choices.Count == 0 || definition.Choices.Contains(text));
        }
    }

    /// <summary>Judges a value that a program gives; false when it is none of the attribute. Null takes the value away, but one that is required.</summary>
    public static bool TryTake(AttributeDefinition definition, JsonNode? value, out JsonNode? taken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        taken = value?.DeepClone();
        return value is null ? !definition.Required : (definition.Type, value) switch
        {
            (AttributeType.Boolean, _) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            (AttributeType.Number, _) => value.GetValueKind() is JsonValueKind.Number && value.AsValue().TryGetValue<decimal>(out _),
            (AttributeType.List, JsonArray items) => items.Count <= MaxItems && items.All(item => item?.GetValueKind() is JsonValueKind.String && IsItem(definition, item.GetValue<string>())),
            (AttributeType.List, _) => false,
            _ => value.GetValueKind() is JsonValueKind.String && value.GetValue<string>() is var text && IsItem(definition, text) && (definition.Choices.Count == 0 || definition.Choices.Contains(text)),
        };
    }

    /// <summary>What an attribute takes, in words.</summary>
    public static string Expected(AttributeDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Type switch
        {
            AttributeType.Boolean => "true or false",
            AttributeType.Number => "a number",
            AttributeType.List => $"a list of at most {MaxItems} texts of 1 to {definition.MaxLength} printable characters",
            _ when definition.Choices.Count > 0 => $"one of {string.Join(", ", definition.Choices)}",
            _ => $"a text of 1 to {definition.MaxLength} printable characters",
        } + (definition.Required ? "; it cannot be taken away" : ", or null for none");
    }

    // What people type is trimmed, and has a line for each item.
    private static bool IsItem(AttributeDefinition definition, string text) => text.Trim().Length > 0 && text.Trim() == text && !text.Contains('\n', StringComparison.Ordinal) && IsText(definition, text);

    private static bool IsText(AttributeDefinition definition, string text) => text.Length <= definition.MaxLength && !text.Any(DisplayName.IsDeceptive);

    private static bool Fits(AttributeType type, JsonElement value) => type switch
    {
        AttributeType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        AttributeType.Number => value.ValueKind is JsonValueKind.Number,
        AttributeType.List => value.ValueKind is JsonValueKind.Array,
        _ => value.ValueKind is JsonValueKind.String,
    };
}
