using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>Reads what stands behind <c>require</c>.</summary>
internal static class RequirementReader
{
    /// <summary>The keys of a requirement.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["acr", "amr", "max-age"];

    public static AuthenticationRequirement? Read(YamlNode node, ErrorList errors)
    {
        if (Expect.Map(node, "require", Keys, errors) is not { } map)
        {
            return null;
        }

        if (map.Entries.Count == 0)
        {
            errors.Add(ErrorCodes.MissingValue, map.Place, "The requirement is empty", null, "Write acr, amr or max-age, or remove the key");
        }

        var requirement = new AuthenticationRequirement();
        if (map["acr"] is { } acr && Expect.Value(acr, "acr", errors) is { } level && ValueRules.IsAcr(level, errors))
        {
            requirement = requirement with { Acr = level.Text };
        }

        if (map["amr"] is { } amr && Expect.Values(amr, "amr", errors) is { } methods && methods.Count(method => ValueRules.IsAmr(method, errors)) == methods.Count)
        {
            requirement = requirement with { Amr = [.. methods.Select(method => method.Text)] };
        }

        if (map["max-age"] is { } age && Expect.Value(age, "max-age", errors) is { } text && ValueRules.IsDuration(text, errors) && Duration.TryParse(text.Text, out var longest))
        {
            requirement = requirement with { MaxAge = longest };
        }

        return requirement;
    }
}
