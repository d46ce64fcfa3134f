using System.Globalization;
using System.Text;

namespace Authdog.Policies.Testing;

/// <summary>Renders a report for a terminal: mistakes, then failures with file and line, then the sum.</summary>
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
            text.Append(CultureInfo.InvariantCulture, $"{result.File}({result.Line}): {result.Policy}: {result.Name}\n");
            foreach (var mismatch in result.Mismatches)
            {
                text.Append(CultureInfo.InvariantCulture, $"  line {mismatch.Line}: {mismatch.What}\n    - {mismatch.Expected}\n    + {mismatch.Actual}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  because {result.Explanation.Why}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{report.Passed} passed, {report.Failed} failed");
        return text.Append(report.Errors.IsEmpty ? "\n" : $", {report.Errors.Length} mistakes in test files\n").ToString();
    }
}
