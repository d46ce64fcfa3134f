using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Linting;

/// <summary>Names that do not exist.</summary>
internal static class NameLint
{
    public static IEnumerable<PolicyError> Check(Policy policy, LintNames names)
    {
        foreach (var placed in PlacedCriterion.Of(policy))
        {
            var (known, what, code) = placed.Criterion switch
            {
                RoleCriterion => (names.Roles, "role", ErrorCodes.UnknownRole),
                TenantCriterion => (names.Tenants, "tenant", ErrorCodes.UnknownTenant),
                ConnectionCriterion => (names.Connections?.Append(Subject.LocalConnection).ToList(), "connection", ErrorCodes.UnknownConnection),
                RouteCriterion => (names.Routes?.Where(route => route.Policy == policy.Name).Select(route => route.Id).ToList(), "route with this policy", ErrorCodes.UnknownRoute),
                _ => default,
            };
            foreach (var name in Missing(placed.Criterion.Values ?? [], known, placed.Criterion is RoleCriterion))
            {
                yield return placed.Warn(code, $"There is no such {what}", name, Cure(name, known!));
            }
        }

        foreach (var rule in policy.Rules)
        {
            foreach (var name in Missing(rule.Requirement?.Connections ?? [], names.Connections?.Append(Subject.LocalConnection).ToList(), ignoresCase: false))
            {
                yield return new PolicyError(ErrorCodes.UnknownConnection, policy.File, rule.Line, 1, "There is no such connection", name, Cure(name, names.Connections!));
            }

            foreach (var warning in Check(rule.Applies.Treatment, names, policy.File, rule.Line))
            {
                yield return warning;
            }
        }
    }

    private static IEnumerable<PolicyError> Check(Treatment treatment, LintNames names, string file, int line)
    {
        (string? Name, IReadOnlyCollection<string>? Known, string What)[] chosen =
        [
            (treatment.RateLimit, names.RateLimits, "rate limit"),
            (treatment.SecurityHeaders, names.SecurityHeaders, "set of security headers"),
            (treatment.HeaderMapping, names.HeaderMappings, "header mapping"),
        ];
        return chosen
            .Where(choice => choice.Name is not null && choice.Known is not null && !choice.Known.Contains(choice.Name, StringComparer.Ordinal))
            .Select(choice => new PolicyError(ErrorCodes.UnknownTreatment, file, line, 1, $"There is no such {choice.What}", choice.Name, Cure(choice.Name!, choice.Known!)));
    }

    private static IEnumerable<string> Missing(IEnumerable<string> used, IReadOnlyCollection<string>? known, bool ignoresCase) => known is null
        ? []
        : used.Where(name => !known.Contains(name, ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal));

    private static string Cure(string name, IReadOnlyCollection<string> known) => known.Count == 0 ? "There is none yet; remove it, or create it" : Suggestion.Cure(name, known.Order(StringComparer.Ordinal).Take(20));
}
