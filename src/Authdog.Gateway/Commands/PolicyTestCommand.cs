using System.CommandLine;
using Authdog.Policies.Catalog;
using Authdog.Policies.Testing;

namespace Authdog.Gateway.Commands;

/// <summary><c>policy test</c>: runs the test files beside the policies.</summary>
internal static class PolicyTestCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Test files, or folders of policies with test files; without any, the configured folder.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("test", "Run the *.test.yaml files that stand beside policies.") { paths };
        command.SetAction(async (parsed, _) =>
        {
            var named = parsed.GetValue(paths) is { Length: > 0 } given ? given : [PolicySet.Folder(gateway.Configuration(parsed))];
            return await RunAsync(named, parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, TextWriter output)
    {
        var passed = 0;
        var failed = 0;
        foreach (var group in paths.GroupBy(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!))
        {
            var report = PolicyTests.Run(PolicySet.Load(group.Key), group, TimeProvider.System.GetUtcNow());
            if (!report.Errors.IsEmpty)
            {
                throw new MistakesException([.. report.Errors.Select(PolicyJudge.Mistake)]);
            }

            foreach (var result in report.Results.Where(result => !result.Passed))
            {
                await WriteFailureAsync(output, result);
            }

            passed += report.Passed;
            failed += report.Failed;
        }

        await output.WriteLineAsync($"{passed} passed, {failed} failed");
        return failed == 0 ? ExitStatus.Ok : ExitStatus.No;
    }

    private static async Task WriteFailureAsync(TextWriter output, PolicyTestResult result)
    {
        await output.WriteLineAsync($"FAILED {result.File}({result.Line}): {result.Policy}: {result.Name}");
        foreach (var mismatch in result.Mismatches)
        {
            await output.WriteLineAsync($"  line {mismatch.Line}: {mismatch.What} should be {mismatch.Expected} and is {mismatch.Actual}");
        }

        await output.WriteLineAsync(result.Explanation.ToText());
    }
}
