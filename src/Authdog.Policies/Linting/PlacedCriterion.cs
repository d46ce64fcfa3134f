using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Linting;

/// <summary>A criterion and the file where it stands.</summary>
/// <param name="Criterion">The criterion, no combination.</param>
/// <param name="File">The policy's file, or the file of the named conditions.</param>
internal readonly record struct PlacedCriterion(Criterion Criterion, string File)
{
    /// <summary>All criteria of a policy that combine no others.</summary>
    public static IEnumerable<PlacedCriterion> Of(Policy policy) =>
        policy.Rules.Where(rule => rule.When is not null).SelectMany(rule => Of(rule.When!, policy.File));

    /// <summary>A warning about it.</summary>
    public PolicyError Warn(string code, string message, string? value, string cure) => new(code, File, Criterion.Line, 1, message, value, cure);

    private static IEnumerable<PlacedCriterion> Of(Criterion criterion, string file)
    {
        var inner = criterion is ConditionCriterion ? Path.Combine(Path.GetDirectoryName(file) ?? "", ConditionsReader.FileName) : file;
        return criterion.Parts.Count == 0 ? [new PlacedCriterion(criterion, file)] : criterion.Parts.SelectMany(part => Of(part, inner));
    }
}
