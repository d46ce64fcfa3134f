using System.Collections.Immutable;
using Authdog.Policies.Catalog;
using Authdog.Policies.Explanation;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Runs the <c>*.test.yaml</c> files that stand beside policies.</summary>
public static class PolicyTests
{
    /// <summary>Runs tests against a set of policies.</summary>
    /// <param name="policies">The policies under test.</param>
    /// <param name="paths">Test files, or folders whose <c>*.test.yaml</c> files are taken.</param>
    /// <param name="now">The time that tests take for now; ages count back from it.</param>
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

        return new PolicyTestReport(results.ToImmutable(), errors.ToImmutable());
    }

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
        var explanation = policies.Explain(test.Policy, test.Request);
        var decision = explanation.Decision;
        var mismatches = ImmutableArray.CreateBuilder<PolicyTestMismatch>();
        Compare("outcome", test.Outcome, Vocabulary.Word(decision.Outcome));
        Compare("rule", test.Rule, decision.Rule ?? "none");
        Compare("reason", test.Reason, Vocabulary.Word(decision.Reason));
        return new PolicyTestResult(test.File, test.Line, test.Policy, test.Name, mismatches.ToImmutable(), explanation);

        void Compare(string what, YamlScalar? expected, string actual)
        {
            if (expected is not null && expected.Text != actual)
            {
                mismatches.Add(new PolicyTestMismatch(expected.Place.Line, what, expected.Text, actual));
            }
        }
    }
}
