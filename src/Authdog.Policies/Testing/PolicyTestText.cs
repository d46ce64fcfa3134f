using System.Globalization;
using System.Text;

namespace Authdog.Policies.Testing;

/// <summary>Renders a report for a terminal: mistakes, then failures as differences with file and line, then what no test exercises, then the sum.</summary>
internal static class PolicyTestText
{
    public static string Render(PolicyTestReport report)
    {
        var text = new StringBuilder();
        foreach (var error in report.Errors)
        {
            text.Append(error).Append('\n');
        }

        foreach (var result in report.Results.Where(result => !result.Passed))
        {
            text.Append(Failure(result));
        }

        foreach (var gap in report.Coverage.Gaps)
        {
            text.Append(CultureInfo.InvariantCulture, $"never exercised: {gap}\n");
        }

        var coverage = report.Coverage;
        text.Append(CultureInfo.InvariantCulture, $"exercised: {coverage.RulesExercised} of {coverage.Rules} rules, {coverage.CriteriaExercised} of {coverage.Criteria} criteria\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.Passed} passed, {report.Failed} failed");
        return text.Append(report.Errors.IsEmpty ? "\n" : $", {report.Errors.Length} mistakes in test files\n").ToString();
    }

    /// <summary>One failure: where it is, expected (-) and actual (+), and why.</summary>
    public static string Failure(PolicyTestResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"FAILED {result.File}({result.Line}): {result.Policy}: {result.Name}\n");
        foreach (var mismatch in result.Mismatches)
        {
            text.Append(CultureInfo.InvariantCulture, $"  @@ line {mismatch.Line} @@\n  - {mismatch.What}: {mismatch.Expected}\n  + {mismatch.What}: {mismatch.Actual}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  because {result.Explanation.Why}\n");
        foreach (var line in result.Explanation.ToText().TrimEnd().Split('\n'))
        {
            text.Append("  | ").Append(line).Append('\n');
        }

        return text.ToString();
    }
}
