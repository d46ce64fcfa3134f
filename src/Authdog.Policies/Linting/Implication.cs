using Authdog.Policies.Criteria;

namespace Authdog.Policies.Linting;

/// <summary>Whether one condition holds whenever another does, as far as their texts tell: no answer is ever wrongly yes.</summary>
internal static class Implication
{
    /// <summary>Whether <paramref name="wide"/> hits whenever <paramref name="narrow"/> does; <see langword="null"/> always hits.</summary>
    public static bool Covers(Criterion? wide, Criterion? narrow)
    {
        if (wide is null)
        {
            return true;
        }

        if (narrow is null)
        {
            return false;
        }

        var known = Conjuncts(narrow).ToList();
        return Conjuncts(wide).All(wanted => known.Any(given => FollowsFrom(wanted, given)));
    }

    /// <summary>Two parts that never hit together; <see langword="null"/> when there seem to be none.</summary>
    public static (Criterion One, Criterion Other)? Contradiction(Criterion condition)
    {
        var parts = Conjuncts(condition).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            for (var j = i + 1; j < parts.Count; j++)
            {
                if (Exclude(parts[i], parts[j]))
                {
                    return (parts[i], parts[j]);
                }
            }
        }

        return null;
    }

    /// <summary>What must hold for the whole to hold.</summary>
    public static IEnumerable<Criterion> Conjuncts(Criterion criterion) =>
        criterion is AllCriterion or ConditionCriterion ? criterion.Parts.SelectMany(Conjuncts) : [criterion];

    /// <summary>Whether everything that one pattern matches lies under the other.</summary>
    public static bool Covers(PathPattern wide, PathPattern narrow) => wide.Text == narrow.Text
        || (wide.Text.EndsWith("/**", StringComparison.Ordinal)
            && !wide.Text.AsSpan(0, wide.Text.Length - 3).Contains('*')
            && wide.LiteralSegments.Count <= narrow.LiteralSegments.Count
            && wide.LiteralSegments.SequenceEqual(narrow.LiteralSegments.Take(wide.LiteralSegments.Count), wide.IsWide ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal));

    private static bool FollowsFrom(Criterion wanted, Criterion given)
    {
        if (wanted is AnyCriterion)
        {
            return wanted.Parts.Any(part => Conjuncts(part).All(one => FollowsFrom(one, given)));
        }

        if (given is AnyCriterion)
        {
            return given.Parts.All(part => Conjuncts(part).Any(one => FollowsFrom(wanted, one)));
        }

        if (wanted is NotCriterion && given is NotCriterion)
        {
            return Conjuncts(wanted.Parts[0]).Any() && Covers(given.Parts[0], wanted.Parts[0]);
        }

        return wanted.Keyword == given.Keyword && (wanted, given) switch
        {
            (PathCriterion wide, PathCriterion narrow) => narrow.Patterns.All(one => wide.Patterns.Any(other => Covers(other, one))),
            ({ Values: { } wide }, { Values: { } narrow }) => narrow.All(wide.Contains),
            _ => wanted.Parts.Count == 0 && given.Parts.Count == 0 && wanted.Wanted == given.Wanted,
        };
    }

    private static bool Exclude(Criterion one, Criterion other)
    {
        if (one is NotCriterion || other is NotCriterion)
        {
            var (not, positive) = one is NotCriterion ? (one, other) : (other, one);
            return positive is not NotCriterion && Covers(not.Parts[0], positive);
        }

        return one.Keyword == other.Keyword && (one, other) switch
        {
            (PathCriterion left, PathCriterion right) => left.Patterns.All(first => right.Patterns.All(second => AreApart(first.LiteralSegments, second.LiteralSegments))),
            (IpCriterion left, IpCriterion right) => !left.Meets(right),
            (TimeCriterion left, TimeCriterion right) => !left.Meets(right),
            (RiskCriterion left, RiskCriterion right) => !left.Meets(right),
            ({ Values: { } left, IsOfOne: true }, { Values: { } right }) => !left.Intersect(right, StringComparer.OrdinalIgnoreCase).Any(),
            _ => false,
        };
    }

    // In any letter case: what is compared widely may still meet.
    private static bool AreApart(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Zip(right).Any(pair => !pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
