using System.Collections.Immutable;
using Authdog.Policies.Catalog;
using Authdog.Policies.Criteria;
using Authdog.Policies.Explanation;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Testing;

/// <summary>How much of the policies the tests exercise.</summary>
/// <param name="Rules">Number of rules.</param>
/// <param name="RulesExercised">Of these, those that decided a test, or in shadow mode matched one.</param>
/// <param name="Criteria">Number of criteria.</param>
/// <param name="CriteriaExercised">Of these, those that hit in one test and did not in another.</param>
/// <param name="Gaps">What was never exercised, by file and line.</param>
public sealed record PolicyCoverage(int Rules, int RulesExercised, int Criteria, int CriteriaExercised, ImmutableArray<CoverageGap> Gaps)
{
    internal static PolicyCoverage Sum(IEnumerable<PolicyCoverage> parts) => parts.Aggregate(new PolicyCoverage(0, 0, 0, 0, []), (sum, part) => new PolicyCoverage(
        sum.Rules + part.Rules,
        sum.RulesExercised + part.RulesExercised,
        sum.Criteria + part.Criteria,
        sum.CriteriaExercised + part.CriteriaExercised,
        sum.Gaps.AddRange(part.Gaps)));

    internal static PolicyCoverage Of(PolicySnapshot policies, IEnumerable<PolicyTestResult> results)
    {
        var byPolicy = results.ToLookup(result => result.Policy, result => result.Explanation, StringComparer.Ordinal);
        var (rules, rulesExercised, criteria, criteriaExercised) = (0, 0, 0, 0);
        List<CoverageGap> gaps = [];
        foreach (var policy in policies.Policies)
        {
            Count(policy, [.. byPolicy[policy.Name]]);
            if (policy.Shadow is { } shadow)
            {
                Count(shadow, [.. byPolicy[policy.Name].Select(explanation => explanation.Shadow!)]);
            }
        }

        return new PolicyCoverage(rules, rulesExercised, criteria, criteriaExercised, [.. gaps]);

        void Count(Policy policy, PolicyExplanation[] explanations)
        {
            for (var i = 0; i < policy.Rules.Count; i++)
            {
                var rule = policy.Rules[i];
                ExplainedRule[] explained = [.. explanations.Select(explanation => explanation.Rules[i])];
                rules++;
                if (explained.Any(one => one.Decided || (one.IsShadow && one.Verdict == Verdict.Hit)))
                {
                    rulesExercised++;
                }
                else
                {
                    gaps.Add(new CoverageGap(policy.File, rule.Line, $"rule \"{rule.Name}\" decides no test"));
                }

                if (rule.When is not null)
                {
                    CountCriteria(policy, rule.When, [.. explained.Select(one => one.Criteria!)]);
                }
            }
        }

        void CountCriteria(Policy policy, Criterion criterion, ExplainedCriterion[] explained)
        {
            for (var i = 0; i < criterion.Parts.Count; i++)
            {
                CountCriteria(policy, criterion.Parts[i], [.. explained.Select(one => one.Parts[i])]);
            }

            if (criterion.Parts.Count > 0)
            {
                return;
            }

            criteria++;
            var (hits, misses) = (explained.Any(one => one.Verdict == Verdict.Hit), explained.Any(one => one.Verdict != Verdict.Hit));
            if (hits && misses)
            {
                criteriaExercised++;
            }
            else
            {
                gaps.Add(new CoverageGap(policy.File, criterion.Line, $"{criterion.Keyword} {criterion.Wanted} {(hits ? "hits in every test" : misses ? "hits in no test" : "is in no test")}"));
            }
        }
    }
}
