using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>Reads names of settings that a policy, or one of its rules, chooses: <c>rate-limit</c>, <c>security-headers</c>, <c>header-mapping</c>.</summary>
internal static class TreatmentReader
{
    private const int LongestName = 64;

    /// <summary>The keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["rate-limit", "security-headers", "header-mapping"];

    /// <summary>What the mapping names; what it does not name is as <paramref name="around"/>.</summary>
    public static Treatment Read(YamlMap map, Treatment around, ErrorList errors)
    {
        var own = around;
        own = Name(map, "rate-limit", errors) is { } limit ? own with { RateLimit = limit } : own;
        own = Name(map, "security-headers", errors) is { } headers ? own with { SecurityHeaders = headers } : own;
        return Name(map, "header-mapping", errors) is { } mapping ? own with { HeaderMapping = mapping } : own;
    }

    private static string? Name(YamlMap map, string key, ErrorList errors)
    {
        if (map[key] is not { } node || Expect.Value(node, key, errors) is not { } name)
        {
            return null;
        }

        if (name.Text.Length > LongestName || !name.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Add(ErrorCodes.BadTreatment, name.Place, "This is no name", name.Text, $"Use letters, digits, '-', '_' and '.', at most {LongestName}");
        }

        return name.Text;
    }
}
