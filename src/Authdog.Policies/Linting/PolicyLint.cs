using System.Collections.Immutable;
using Authdog.Policies.Catalog;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Linting;

/// <summary>Finds what is right as a text and can hardly be meant. It says nothing where it is not sure.</summary>
public static class PolicyLint
{
    /// <summary>All warnings, by file and place, each with code and cure.</summary>
    public static ImmutableArray<PolicyError> Check(PolicySnapshot policies, LintNames names)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(names);
        return
        [
            .. policies.Policies
                .SelectMany(policy => policy.Shadow is { } shadow ? [policy, shadow] : new[] { policy })
                .SelectMany(policy => Check(policy, names))
                .Distinct()
                .OrderBy(warning => warning.File, StringComparer.Ordinal).ThenBy(warning => warning.Line).ThenBy(warning => warning.Code, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<PolicyError> Check(Policy policy, LintNames names) =>
        RuleLint.Check(policy).Concat(ExpressionLint.Check(policy)).Concat(NameLint.Check(policy, names)).Concat(RouteLint.Check(policy, names.Routes));
}
