using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>One word of the language: how it is checked, compiled, described to editors and shown in the manual.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What stands behind it.</param>
/// <param name="IsPersonal">Whether it is about who asks.</param>
/// <param name="Description">For editors and the manual.</param>
/// <param name="Example">An example value in YAML flow style.</param>
/// <param name="Pattern">Regular expression of one value, for editors only; the parser's own check decides.</param>
/// <param name="Values">All values, when they can be listed.</param>
/// <param name="Compile">Makes the criterion of a simple keyword; <see langword="null"/> result when a value is wrong, which has then been reported.</param>
internal sealed record CriterionKeyword(
    string Name,
    CriterionShape Shape,
    bool IsPersonal,
    string Description,
    string Example,
    string? Pattern,
    IReadOnlyList<string>? Values,
    Func<IReadOnlyList<YamlScalar>, RuleContext, Criterion?>? Compile);
