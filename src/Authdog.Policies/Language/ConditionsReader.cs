namespace Authdog.Policies.Language;

/// <summary>Reads <c>conditions.yaml</c>.</summary>
internal static class ConditionsReader
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "conditions.yaml";

    private const int LongestName = 64;
    private const int MostConditions = 1_000;

    // Conditions that use each other twice at every step would double at every step.
    private const long LargestSize = 2_000;

    /// <summary>The conditions, each compiled once to find its mistakes.</summary>
    public static ConditionSet Read(ReadOnlySpan<byte> bytes, Definitions definitions, ErrorList errors)
    {
        if (YamlReader.Read(bytes, errors) is not { } root
            || Expect.Map(root, "The file of conditions", ["conditions"], errors) is not { } file
            || Expect.Required(file, "conditions", "The file", errors) is not YamlMap { Entries.Count: > 0 } map)
        {
            if (errors.IsEmpty)
            {
                errors.Add(ErrorCodes.MissingValue, default, "conditions is a mapping from names to conditions", null, "Define a condition, or delete the file");
            }

            return ConditionSet.Empty;
        }

        if (map.Entries.Count > MostConditions)
        {
            errors.Add(ErrorCodes.TooLarge, map.Place, "There are too many conditions", null, $"Keep their number below {MostConditions}");
            return ConditionSet.Empty;
        }

        Dictionary<string, (YamlScalar Name, YamlNode Node)> defined = new(StringComparer.Ordinal);
        foreach (var (name, node) in map.Entries)
        {
            if (name.IsAbsent || name.Text.Length > LongestName)
            {
                errors.Add(ErrorCodes.BadName, name.Place, "This is no name for a condition", name.Text, $"Use at most {LongestName} characters");
            }

            defined.Add(name.Text, (name, node));
        }

        Dictionary<string, YamlNode?> nodes = new(StringComparer.Ordinal);
        var uses = new ConditionUses(defined.ToDictionary(entry => entry.Key, entry => entry.Value.Node, StringComparer.Ordinal));
        foreach (var (text, (name, node)) in defined)
        {
            nodes.Add(text, IsBounded(uses, name, errors) ? node : null);
        }

        var set = new ConditionSet(nodes);
        var context = new RuleContext(errors, definitions with { Conditions = set }, Rules.RuleEffect.Allow, IsNegated: false);
        foreach (var (name, node) in nodes.ToList())
        {
            if (node is not null && CriterionReader.Read(node, context) is null)
            {
                nodes[name] = null;
            }
        }

        return set;
    }

    private static bool IsBounded(ConditionUses uses, YamlScalar name, ErrorList errors)
    {
        if (uses.Size(name.Text) is null && uses.Circle(name.Text) is { } circle)
        {
            errors.Add(ErrorCodes.ConditionCycle, name.Place, $"The condition uses itself: {string.Join(" -> ", circle)}", name.Text, "Take one of these uses out");
            return false;
        }

        var cure = uses.Size(name.Text) switch
        {
            null => $"Take uses out: there is a circle below, or more than {ConditionUses.DeepestUse} levels",
            > LargestSize => $"Keep it below {LargestSize} criteria, those of the conditions that it uses among them",
            _ => null,
        };
        if (cure is null)
        {
            return true;
        }

        errors.Add(ErrorCodes.ConditionTooLarge, name.Place, "The condition cannot be written out", name.Text, cure);
        return false;
    }
}
