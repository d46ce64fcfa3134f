namespace Authdog.Policies.Language;

/// <summary>Which conditions use which, and how large they become.</summary>
internal sealed class ConditionUses
{
    /// <summary>Most levels of conditions that use conditions.</summary>
    public const int DeepestUse = 16;

    private const long Enough = 1_000_000;
    private readonly Dictionary<string, string[]> uses;
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);

    public ConditionUses(IReadOnlyDictionary<string, YamlNode> conditions)
    {
        uses = conditions.ToDictionary(condition => condition.Key, condition => Named(condition.Value).Where(conditions.ContainsKey).ToArray(), StringComparer.Ordinal);

        // From those that use none upward, one level a round. What is in a circle, or above one, is never reached.
        for (var level = 0; level < DeepestUse; level++)
        {
            var reached = conditions.Keys.Where(name => !sizes.ContainsKey(name) && uses[name].All(sizes.ContainsKey)).ToList();
            foreach (var name in reached)
            {
                sizes[name] = uses[name].Aggregate(Keys(conditions[name]), (sum, used) => Math.Min(Enough, sum + sizes[used]));
            }
        }
    }

    /// <summary>A way from the condition back to itself; <see langword="null"/> when there is none.</summary>
    public IReadOnlyList<string>? Circle(string name)
    {
        Dictionary<string, string> cameFrom = new(StringComparer.Ordinal);
        Queue<string> reached = new([name]);
        while (reached.TryDequeue(out var current))
        {
            foreach (var next in uses[current])
            {
                if (next == name)
                {
                    return WayTo(current, name, cameFrom);
                }

                if (cameFrom.TryAdd(next, current))
                {
                    reached.Enqueue(next);
                }
            }
        }

        return null;
    }

    /// <summary>Number of keys once everything is written out; <see langword="null"/> when conditions use others too deeply, or in a circle.</summary>
    public long? Size(string name) => sizes.TryGetValue(name, out var size) ? size : null;

    private static List<string> WayTo(string last, string name, Dictionary<string, string> cameFrom)
    {
        List<string> way = [name, last];
        while (way[^1] != name)
        {
            way.Add(cameFrom[way[^1]]);
        }

        way.Reverse();
        return way;
    }

    private static IEnumerable<string> Named(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.SelectMany(entry => entry.Key.Text == "condition" ? Texts(entry.Value) : Named(entry.Value)),
        YamlList list => list.Items.SelectMany(Named),
        _ => [],
    };

    private static IEnumerable<string> Texts(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar.Text],
        YamlList list => list.Items.OfType<YamlScalar>().Select(scalar => scalar.Text),
        _ => [],
    };

    private static long Keys(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.Sum(entry => 1 + Keys(entry.Value)),
        YamlList list => list.Items.Sum(Keys),
        _ => 0,
    };
}
