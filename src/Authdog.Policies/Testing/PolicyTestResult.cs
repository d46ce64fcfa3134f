using System.Collections.Immutable;
using Authdog.Policies.Explanation;

namespace Authdog.Policies.Testing;

/// <summary>What came of one test.</summary>
/// <param name="File">The test file.</param>
/// <param name="Line">Line of the test in it.</param>
/// <param name="Policy">Policy under test.</param>
/// <param name="Name">Name of the test.</param>
/// <param name="Mismatches">What was not as expected; empty when the test passed.</param>
/// <param name="Explanation">How the policy came to its decision.</param>
public sealed record PolicyTestResult(
    string File,
    int Line,
    string Policy,
    string Name,
    ImmutableArray<PolicyTestMismatch> Mismatches,
    PolicyExplanation Explanation)
{
    /// <summary>Whether everything was as expected.</summary>
    public bool Passed => Mismatches.IsEmpty;
}
