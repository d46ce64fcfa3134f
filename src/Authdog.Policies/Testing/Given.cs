using System.Collections.Frozen;
using System.Globalization;
using Authdog.Policies.Criteria;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Values of given things, each with a default.</summary>
internal static class Given
{
    public static string Text(YamlMap? map, string key, string otherwise, ErrorList errors) => Text(map, key, errors) ?? otherwise;

    public static string? Text(YamlMap? map, string key, ErrorList errors) =>
        map?[key] is { } node && Expect.Value(node, key, errors) is { } value ? value.Text : null;

    public static FrozenSet<string> Texts(YamlMap? map, string key, string[] otherwise, ErrorList errors) => map?[key] switch
    {
        null => otherwise.ToFrozenSet(StringComparer.Ordinal),
        YamlList { Items.Count: 0 } => FrozenSet<string>.Empty,
        { } node => (Expect.Values(node, key, errors) ?? []).Select(value => value.Text).ToFrozenSet(StringComparer.Ordinal),
    };

    public static string? Word(YamlMap? map, string key, IReadOnlyList<string> words, ErrorList errors) =>
        map?[key] is { } node && Expect.Value(node, key, errors) is { } value && Expect.Word(value, key, words, errors) ? value.Text : null;

    public static bool Flag(YamlMap map, string key, ErrorList errors)
    {
        if (map[key] is not { } node || Expect.Value(node, key, errors) is not { } value)
        {
            return true;
        }

        if (value.Text is not ("true" or "false"))
        {
            errors.Add(ErrorCodes.BadFlag, value.Place, "This is neither true nor false", value.Text, "Write true or false");
        }

        return value.Text == "true";
    }

    /// <summary>An age; "0s" too, which is no duration of a policy.</summary>
    public static TimeSpan? Age(YamlMap? map, string key, ErrorList errors) =>
        map?[key] is { } node && Expect.Value(node, key, errors) is { } text
            ? text.Text == "0s" ? TimeSpan.Zero : ValueRules.IsDuration(text, errors) && Duration.TryParse(text.Text, out var age) ? age : null
            : null;

    public static long? Number(YamlMap map, string key, long most, ErrorList errors)
    {
        if (map[key] is not { } node || Expect.Value(node, key, errors) is not { } value)
        {
            return null;
        }

        if (long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
        {
            return number;
        }

        errors.Add(ErrorCodes.BadNumber, value.Place, "This is no such number", value.Text, $"Write a whole number from 0 to {most}");
        return null;
    }
}
