using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Language;

/// <summary>Reads one policy file.</summary>
internal static class PolicyReader
{
    private const int LongestName = 64;

    /// <summary>The keys of a policy.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["policy", "description", "mode", .. TreatmentReader.Keys, "rules"];

    /// <summary>The policy and the place of its name. Either is absent when there are mistakes, which have then been reported.</summary>
    public static (YamlScalar? Name, bool IsShadow, Policy? Policy) Read(ReadOnlySpan<byte> bytes, Definitions definitions, ErrorList errors)
    {
        var root = YamlReader.Read(bytes, errors);
        if (root is YamlScalar { IsAbsent: true })
        {
            errors.Add(ErrorCodes.EmptyFile, default, "The file is empty", null, "Write a policy, or delete the file");
            return default;
        }

        if (root is null || Expect.Map(root, "A policy file", Keys, errors) is not { } map)
        {
            return default;
        }

        var name = Expect.RequiredValue(map, "policy", "The file", errors);
        if (name is not null && !IsName(name, errors))
        {
            name = null;
        }

        if (map["description"] is { } description)
        {
            Expect.Value(description, "description", errors);
        }

        var isShadow = ModeReader.IsShadow(map, errors);
        var treatment = TreatmentReader.Read(map, Treatment.None, errors);
        var rules = Expect.Required(map, "rules", "The policy", errors) is { } node && Expect.List(node, "rules", errors) is { } list
            ? ReadRules(name?.Text ?? "", list, isShadow, treatment, definitions, errors)
            : [];
        return (name, isShadow, errors.IsEmpty && name is not null ? new Policy(name.Text, errors.File, rules, isShadow, treatment) : null);
    }

    private static List<Rule> ReadRules(string policy, YamlList list, bool isShadow, Treatment treatment, Definitions definitions, ErrorList errors)
    {
        List<Rule> rules = [];
        Dictionary<string, Place> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in list.Items)
        {
            if ((item as YamlMap)?["name"] is YamlScalar { IsAbsent: false } name && !seen.TryAdd(name.Text, name.Place))
            {
                errors.Add(ErrorCodes.DuplicateRule, name.Place, "There are two rules of this name", name.Text, $"Give each its own name; the first is in line {seen[name.Text].Line}");
            }

            if (RuleReader.Read(policy, item, treatment, definitions, errors) is { } rule)
            {
                if (isShadow && rule.IsShadow)
                {
                    errors.Add(ErrorCodes.ShadowInShadow, item.Place, "The whole policy is in shadow mode already", rule.Name, "Remove mode from the rule");
                }

                rules.Add(rule);
            }
        }

        return rules;
    }

    private static bool IsName(YamlScalar name, ErrorList errors)
    {
        // YARP gives these two a meaning of its own, which is not that of a policy here.
        if (name.Text.Equals("default", StringComparison.OrdinalIgnoreCase) || name.Text.Equals("anonymous", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(ErrorCodes.BadName, name.Place, "The name is reserved", name.Text, "Choose another name");
            return false;
        }

        if (name.Text.Length > LongestName || !char.IsAsciiLetterOrDigit(name.Text[0])
            || !name.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Add(ErrorCodes.BadName, name.Place, "This is no name for a policy", name.Text, $"Use letters, digits, '-', '_' and '.', at most {LongestName}, beginning with a letter or digit");
            return false;
        }

        return true;
    }
}
