namespace Authdog.Policies.Language;

/// <summary>Takes nodes for what they should be, and reports those that are something else.</summary>
internal static class Expect
{
    /// <summary>A mapping with no other keys than these.</summary>
    public static YamlMap? Map(YamlNode node, string what, IEnumerable<string> keys, ErrorList errors)
    {
        if (node is not YamlMap map)
        {
            WrongKind(node, $"{what} is a mapping", errors);
            return null;
        }

        foreach (var (key, _) in map.Entries.Where(entry => !keys.Contains(entry.Key.Text)))
        {
            errors.Add(ErrorCodes.UnknownKey, key.Place, $"{what} has no such key", key.Text, Suggestion.Cure(key.Text, keys));
        }

        return map;
    }

    /// <summary>A list with at least one item.</summary>
    public static YamlList? List(YamlNode node, string what, ErrorList errors)
    {
        if (node is not YamlList list)
        {
            WrongKind(node, $"{what} is a list", errors);
            return null;
        }

        if (list.Items.Count == 0)
        {
            errors.Add(ErrorCodes.MissingValue, list.Place, $"{what} is empty", null, "Write at least one item, or remove the key");
            return null;
        }

        return list;
    }

    /// <summary>A single value that is not empty.</summary>
    public static YamlScalar? Value(YamlNode node, string what, ErrorList errors)
    {
        if (node is not YamlScalar scalar)
        {
            WrongKind(node, $"{what} is a single value", errors);
            return null;
        }

        if (scalar.IsAbsent || string.IsNullOrWhiteSpace(scalar.Text))
        {
            errors.Add(ErrorCodes.MissingValue, scalar.Place, $"{what} has no value", null, "Write a value, or remove the key");
            return null;
        }

        if (scalar.Text.AsSpan().Trim().Length != scalar.Text.Length)
        {
            errors.Add(ErrorCodes.MissingValue, scalar.Place, $"{what} begins or ends with a blank", scalar.Text, "Remove the blank");
            return null;
        }

        return scalar;
    }

    /// <summary>Whether a value is one of some words; reports and says false when it is not.</summary>
    public static bool Word(YamlScalar value, string what, IReadOnlyList<string> words, ErrorList errors)
    {
        if (words.Contains(value.Text))
        {
            return true;
        }

        errors.Add(ErrorCodes.BadWord, value.Place, $"There is no such {what}", value.Text, Suggestion.Cure(value.Text, words));
        return false;
    }

    /// <summary>One value or a list of values; none of them empty.</summary>
    public static IReadOnlyList<YamlScalar>? Values(YamlNode node, string what, ErrorList errors)
    {
        if (node is YamlMap)
        {
            WrongKind(node, $"{what} is a value or a list of values", errors);
            return null;
        }

        if (node is not YamlList list)
        {
            return Value(node, what, errors) is { } single ? [single] : null;
        }

        if (List(list, what, errors) is null)
        {
            return null;
        }

        YamlScalar[] values = [.. list.Items.Select(item => Value(item, what, errors)).OfType<YamlScalar>()];
        return values.Length == list.Items.Count ? values : null;
    }

    /// <summary>The node behind a key that must be there.</summary>
    public static YamlNode? Required(YamlMap map, string key, string what, ErrorList errors)
    {
        var node = map[key];
        if (node is null)
        {
            errors.Add(ErrorCodes.MissingKey, map.Place, $"{what} has no {key}", null, $"Add the key {key}");
        }

        return node;
    }

    /// <summary>The single value behind a key that must be there.</summary>
    public static YamlScalar? RequiredValue(YamlMap map, string key, string what, ErrorList errors) =>
        Required(map, key, what, errors) is { } node ? Value(node, key, errors) : null;

    private static void WrongKind(YamlNode node, string expectation, ErrorList errors)
    {
        if (node is YamlScalar { IsAbsent: true })
        {
            errors.Add(ErrorCodes.MissingValue, node.Place, $"{expectation}, and nothing stands here", null, "Write it, or remove the key");
        }
        else
        {
            errors.Add(ErrorCodes.WrongKind, node.Place, $"{expectation}, and this is {node.Kind}", (node as YamlScalar)?.Text, "See the example in policies/README.md");
        }
    }
}
