using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>What came of running test files.</summary>
/// <param name="Results">Every test, by file and in the file's order.</param>
/// <param name="Errors">Mistakes in the test files themselves; files that have any are not run.</param>
/// <param name="Coverage">How much of the policies the tests exercise.</param>
public sealed record PolicyTestReport(ImmutableArray<PolicyTestResult> Results, ImmutableArray<PolicyError> Errors, PolicyCoverage Coverage)
{
    /// <summary>Number of tests that came out as expected.</summary>
    public int Passed => Results.Count(result => result.Passed);

    /// <summary>Number of tests that did not.</summary>
    public int Failed => Results.Length - Passed;

    /// <summary>Whether every file could be read and every test passed.</summary>
    public bool Succeeded => Errors.IsEmpty && Failed == 0;

    /// <summary>Several reports as one.</summary>
    public static PolicyTestReport Of(IReadOnlyCollection<PolicyTestReport> reports) => new(
        [.. reports.SelectMany(report => report.Results)],
        [.. reports.SelectMany(report => report.Errors)],
        PolicyCoverage.Sum(reports.Select(report => report.Coverage)));

    /// <summary>The report as plain text: mistakes, then each failure with file, line, expected (-) and actual (+), then what no test exercises, then the sum.</summary>
    public string ToText() => PolicyTestText.Render(this);

    /// <summary>The report as JUnit XML, for build servers.</summary>
    public string ToJUnit() => JUnitText.Render(this);
}
