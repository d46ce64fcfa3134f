using System.Collections.Frozen;

namespace Authdog.Policies.Language;

/// <summary>Every word that may stand in <c>when</c>: the one source of parser, schema and manual.</summary>
internal static class CriterionKeywords
{
    private static readonly FrozenDictionary<string, CriterionKeyword> s_byName;

    static CriterionKeywords()
    {
        All = [.. Combinations(), .. RequestKeywords.All, .. PersonKeywords.All];
        Names = [.. All.Select(keyword => keyword.Name)];
        s_byName = All.ToFrozenDictionary(keyword => keyword.Name, StringComparer.Ordinal);
    }

    public static IReadOnlyList<CriterionKeyword> All { get; }

    public static IReadOnlyList<string> Names { get; }

    /// <summary>The keyword of a name; <see langword="null"/> when there is none.</summary>
    public static CriterionKeyword? Find(string name) => s_byName.GetValueOrDefault(name);

    private static IEnumerable<CriterionKeyword> Combinations() =>
    [
        new("all", new ValueShape.Conditions(), false, "Every one of these holds.", "[{ role: finance }, { tenant: acme }]", CriterionReader.ReadAll),
        new("any", new ValueShape.Conditions(), false, "At least one of these holds.", "[{ role: owner }, { email: ada@example.com }]", CriterionReader.ReadAny),
        new("not", new ValueShape.ConditionOrMany(), false, "This does not hold. Of a list: none of these holds.", "{ role: guest }", CriterionReader.ReadNot),
        new("condition", Shapes.Texts, false, "A named condition of conditions.yaml holds; of a list, any.", "office hours", ConditionReader.Read),
    ];
}
