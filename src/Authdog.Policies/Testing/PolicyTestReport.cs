using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>What came of running test files.</summary>
/// <param name="Results">Every test, by file and in the file's order.</param>
/// <param name="Errors">Mistakes in the test files themselves; files that have any are not run.</param>
public sealed record PolicyTestReport(ImmutableArray<PolicyTestResult> Results, ImmutableArray<PolicyError> Errors)
{
    /// <summary>Number of tests that came out as expected.</summary>
    public int Passed => Results.Count(result => result.Passed);

    /// <summary>Number of tests that did not.</summary>
    public int Failed => Results.Length - Passed;

    /// <summary>Whether every file could be read and every test passed.</summary>
    public bool Succeeded => Errors.IsEmpty && Failed == 0;

    /// <summary>The report as plain text: mistakes, then each failure with file, line, expected (-) and actual (+), then the sum.</summary>
    public string ToText() => PolicyTestText.Render(this);
}
