using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Language;

/// <summary>Reads one rule.</summary>
internal static class RuleReader
{
    private const int LongestName = 200;

    /// <summary>The keys of a rule.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["name", "effect", "mode", "when", "require", "challenge", "message", "link", .. TreatmentReader.Keys];

    /// <summary>The effects as files write them.</summary>
    public static IReadOnlyList<string> Effects { get; } = ["public", "optional", "allow", "deny"];

    public static Rule? Read(string policy, YamlNode node, Treatment treatment, Definitions definitions, ErrorList errors)
    {
        if (Expect.Map(node, "A rule", Keys, errors) is not { } map)
        {
            return null;
        }

        var name = Expect.RequiredValue(map, "name", "The rule", errors);
        if (name?.Text.Length > LongestName)
        {
            errors.Add(ErrorCodes.BadName, name.Place, "The rule's name is too long", name.Text, $"Use at most {LongestName} characters");
        }

        var effect = Expect.RequiredValue(map, "effect", "The rule", errors) is { } word ? ReadEffect(word, errors) : null;
        var isShadow = ModeReader.IsShadow(map, errors);
        var when = map["when"] is { } condition
            ? CriterionReader.Read(condition, new RuleContext(errors, definitions, effect ?? RuleEffect.Allow, IsNegated: false))
            : null;
        var requirement = ReadRequirement(map, effect, errors);
        var challenge = ReadChallenge(map, effect, errors);
        var words = RefusalReader.Read(map, effect, errors);
        var own = TreatmentReader.Read(map, treatment, errors);

        // A rule is made only when nothing is wrong: a condition that could not be read must never become "everything".
        return errors.IsEmpty && name is not null && effect is { } known && (when is not null || map["when"] is null)
            ? new Rule(policy, name.Text, map.Place.Line, known, when, requirement, isShadow, words, own, challenge)
            : null;
    }

    private static RuleEffect? ReadEffect(YamlScalar word, ErrorList errors)
    {
        switch (word.Text)
        {
            case "public":
                return RuleEffect.Public;
            case "optional":
                return RuleEffect.Optional;
            case "allow":
                return RuleEffect.Allow;
            case "deny":
                return RuleEffect.Deny;
            default:
                errors.Add(ErrorCodes.UnknownEffect, word.Place, "There is no such effect", word.Text, Suggestion.Cure(word.Text, Effects));
                return null;
        }
    }

    private static bool ReadChallenge(YamlMap map, RuleEffect? effect, ErrorList errors)
    {
        var (key, node) = map.Entries.FirstOrDefault(entry => entry.Key.Text == "challenge");
        if (node is null || Expect.Value(node, "challenge", errors) is not { } value)
        {
            return false;
        }

        if (value.Text is not ("true" or "false"))
        {
            errors.Add(ErrorCodes.BadFlag, value.Place, "This is neither true nor false", value.Text, "Write true or false");
        }
        else if (effect is RuleEffect.Deny)
        {
            errors.Add(ErrorCodes.MisplacedRequirement, key.Place, "A rule that refuses has no challenge that could be solved", "challenge", "Remove it, or make the effect public, optional or allow");
        }

        return value.Text == "true";
    }

    private static AuthenticationRequirement? ReadRequirement(YamlMap map, RuleEffect? effect, ErrorList errors)
    {
        var (key, node) = map.Entries.FirstOrDefault(entry => entry.Key.Text == "require");
        if (node is null)
        {
            return null;
        }

        if (effect is not (null or RuleEffect.Allow))
        {
            errors.Add(
                ErrorCodes.MisplacedRequirement, key.Place, "Only a rule with the effect allow can require something", "require",
                "Remove it, or make the effect allow; to refuse weak authentication, use not with acr in when");
        }

        return RequirementReader.Read(node, errors);
    }
}
