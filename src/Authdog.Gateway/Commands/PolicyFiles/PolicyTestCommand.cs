using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Policies.Catalog;
using Authdog.Policies.Testing;

namespace Authdog.Gateway.Commands.PolicyFiles;

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
        var junit = new Option<FileInfo?>("--junit") { Description = "Also write the results as JUnit XML, for build servers.", HelpName = "FILE" };
        var command = new Command("test", "Run the *.test.yaml files that stand beside policies, and say what no test exercises.") { paths, junit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(paths) is { Length: > 0 } given ? given : [PolicySet.Folder(gateway.Configuration(parsed))];
            return await RunAsync(named, parsed.GetValue(junit), parsed.InvocationConfiguration.Output, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, FileInfo? junit, TextWriter output, CancellationToken cancellationToken)
    {
        PolicyTestReport[] reports =
        [
            .. paths
                .GroupBy(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!)
                .Select(group => PolicyTests.Run(PolicySet.Load(group.Key), group, PolicyTests.DefaultTime)),
        ];
        var report = PolicyTestReport.Of(reports);
        if (junit is not null)
        {
            await File.WriteAllTextAsync(junit.FullName, report.ToJUnit(), cancellationToken);
        }

        if (!report.Errors.IsEmpty)
        {
            throw new MistakesException([.. report.Errors.Select(PolicyJudge.Mistake)]);
        }

        await output.WriteAsync(report.ToText());
        return report.Succeeded ? ExitStatus.Ok : ExitStatus.No;
    }
}
