using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads what stands behind <c>expect</c>.</summary>
internal static class ExpectationReader
{
    private static readonly string[] ShadowKeys = ["outcome", "rule", "reason"];
    private static readonly string[] Keys = [.. ShadowKeys, "message", "link", .. TreatmentReader.Keys, "shadow"];
    private static readonly string[] Outcomes = [.. Enum.GetValues<AccessOutcome>().Select(Vocabulary.Word)];
    private static readonly string[] Reasons = [.. Enum.GetValues<AccessReason>().Select(Vocabulary.Word)];

    public static Expectation? Read(YamlNode node, ErrorList errors)
    {
        if (Expect.Map(node, "expect", Keys, errors) is not { } map)
        {
            return null;
        }

        var shadow = map["shadow"] is { } inner && Expect.Map(inner, "shadow", ShadowKeys, errors) is { } beside ? Read(beside, null, errors) : null;
        return Read(map, shadow, errors);
    }

    private static Expectation? Read(YamlMap map, Expectation? shadow, ErrorList errors)
    {
        var outcome = Word(map, "outcome", Outcomes, errors);
        if (map["outcome"] is null)
        {
            Expect.Required(map, "outcome", "expect", errors);
        }

        var reason = Word(map, "reason", Reasons, errors);
        List<(string Key, YamlScalar Value)> texts = [];
        foreach (var key in Keys.Where(key => key is not ("outcome" or "reason" or "shadow")))
        {
            if (map[key] is { } node && Expect.Value(node, key, errors) is { } value)
            {
                texts.Add((key, value));
            }
        }

        return outcome is null ? null : new Expectation(outcome, reason, texts, shadow);
    }

    private static YamlScalar? Word(YamlMap map, string key, string[] words, ErrorList errors)
    {
        if (map[key] is not { } node || Expect.Value(node, key, errors) is not { } value)
        {
            return null;
        }

        if (!words.Contains(value.Text))
        {
            errors.Add(ErrorCodes.BadExpectation, value.Place, $"There is no such {key}", value.Text, Suggestion.Cure(value.Text, words));
        }

        return value;
    }
}
