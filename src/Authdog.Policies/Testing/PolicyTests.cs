using System.Collections.Immutable;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Runs the <c>*.test.yaml</c> files that stand beside policies.</summary>
public static class PolicyTests
{
    /// <summary>The time of tests that give none: always the same, so that a test says tomorrow what it said today. A Monday noon.</summary>
    public static DateTimeOffset DefaultTime { get; } = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A set passes when every test beside it does.</summary>
    public static ImmutableArray<PolicyError> Gate(PolicySnapshot policies, string path)
    {
        var report = Run(policies, [path], DefaultTime);
        return [.. report.Errors, .. report.Results.Where(result => !result.Passed).Select(Failure)];
    }

    /// <summary>Runs tests against a set of policies.</summary>
    /// <param name="policies">The policies under test.</param>
    /// <param name="paths">Test files, or folders whose <c>*.test.yaml</c> files are taken.</param>
    /// <param name="now">The time of tests that give none; ages count back from it.</param>
    public static PolicyTestReport Run(PolicySnapshot policies, IEnumerable<string> paths, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(paths);
        var results = ImmutableArray.CreateBuilder<PolicyTestResult>();
        var errors = ImmutableArray.CreateBuilder<PolicyError>();
        foreach (var file in paths.SelectMany(path => Files(path, errors)).Distinct(StringComparer.Ordinal))
        {
            var mistakes = new ErrorList(file);
            var tests = PolicyFiles.Read(file, SourceText.LargestFile, mistakes) is { } bytes
                ? PolicyTestReader.Read(bytes, policies.Contains, now, mistakes)
                : [];
            errors.AddRange(mistakes.ToImmutable());
            if (mistakes.IsEmpty)
            {
                results.AddRange(tests.Select(test => Run(policies, test)));
            }
        }

        return new PolicyTestReport(results.ToImmutable(), errors.ToImmutable(), PolicyCoverage.Of(policies, results));
    }

    private static PolicyError Failure(PolicyTestResult result) => new(
        ErrorCodes.TestFails,
        result.File,
        result.Mismatches[0].Line,
        1,
        $"The test \"{result.Name}\" of policy {result.Policy} fails: {result.Mismatches[0].What} should be {result.Mismatches[0].Expected}",
        result.Mismatches[0].Actual,
        "Mend the policy or the test; until then the set before it stays in force");

    private static ImmutableArray<string> Files(string path, ImmutableArray<PolicyError>.Builder errors)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        // What stands in the wrong place concerns the policies, and is reported with them.
        var mistakes = new ErrorList(path);
        var tests = PolicyFiles.Find(path, mistakes).Tests;
        errors.AddRange(mistakes.ToImmutable().Where(error => error.Code == ErrorCodes.CannotRead));
        return tests;
    }

    private static PolicyTestResult Run(PolicySnapshot policies, PolicyTest test)
    {
        // A test file's people are invented: there is nothing to mask.
        var explanation = policies.Explain(test.Policy, test.Request, Disclosure.Full);
        var mismatches = ImmutableArray.CreateBuilder<PolicyTestMismatch>();
        Compare("", test.Expected, explanation.Decision, mismatches);
        if (test.Expected.Shadow is { } expected)
        {
            // What shadow mode would not change is as it is enforced.
            var decision = explanation.Decision;
            Compare("shadow ", expected, decision.ByShadowPolicy ?? decision.WithShadowRules ?? explanation.Shadow?.Decision ?? decision, mismatches);
        }

        return new PolicyTestResult(test.File, test.Line, test.Policy, test.Name, mismatches.ToImmutable(), explanation);
    }

    private static void Compare(string where, Expectation expected, AccessDecision decision, ImmutableArray<PolicyTestMismatch>.Builder mismatches)
    {
        Compare("outcome", expected.Outcome, Vocabulary.Word(decision.Outcome));
        foreach (var (key, value) in expected.Texts)
        {
            Compare(key, value, Text(decision, key) ?? "none");
        }

        if (expected.Reason is { } reason)
        {
            Compare("reason", reason, Vocabulary.Word(decision.Reason));
        }

        void Compare(string what, YamlScalar wanted, string actual)
        {
            if (wanted.Text != actual)
            {
                mismatches.Add(new PolicyTestMismatch(wanted.Place.Line, where + what, wanted.Text, actual));
            }
        }
    }

    private static string? Text(AccessDecision decision, string key) => key switch
    {
        "rule" => decision.Rule,
        "message" => decision.Message,
        "link" => decision.Link,
        "rate-limit" => decision.Treatment.RateLimit,
        "security-headers" => decision.Treatment.SecurityHeaders,
        _ => decision.Treatment.HeaderMapping,
    };
}
