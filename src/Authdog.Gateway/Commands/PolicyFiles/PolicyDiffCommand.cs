using System.CommandLine;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Policies.Catalog;
using Authdog.Policies.Explanation;
using Authdog.Policies.Testing;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary><c>policy diff</c>: asks two folders the requests of their test files and those that were recorded, and says who gains and who loses access.</summary>
internal static class PolicyDiffCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var before = new Argument<string>("OLD") { Description = "Folder of the policies in force." };
        var after = new Argument<string>("NEW") { Description = "Folder of the policies to come." };
        var tests = new Option<bool>("--tests") { Description = "Ask the requests of the test files alone." };
        var recorded = new Option<bool>("--recorded") { Description = "Ask the recorded requests alone." };
        var command = new Command("diff", "Ask the requests of both folders' test files, and those that were recorded, of both folders, and say who gains and who loses access. Exit status 1 when anybody does.") { before, after, tests, recorded };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folders = new[] { parsed.GetRequiredValue(before), parsed.GetRequiredValue(after) };
            var sets = folders.Select(PolicySet.Load).ToArray();
            var output = parsed.InvocationConfiguration.Output;
            var changes = parsed.GetValue(recorded) && !parsed.GetValue(tests) ? 0 : await CompareAsync(folders, sets, output);
            if (parsed.GetValue(recorded) || !parsed.GetValue(tests))
            {
                await using var services = gateway.Services(parsed);
                var records = await services.GetRequiredService<DecisionArchive>().ReadAsync(cancellationToken);
                if (records.Count > 0 || parsed.GetValue(recorded))
                {
                    changes += await RecordedDiff.WriteAsync(sets[0], sets[1], services.GetRequiredService<DecisionSeal>(), records, output);
                }
            }

            return changes == 0 ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }

    private static async Task<int> CompareAsync(string[] folders, PolicySnapshot[] sets, TextWriter output)
    {
        var now = PolicyTests.DefaultTime;
        var old = Answers(sets[0], folders, now);
        var changes = 0;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, after) in Answers(sets[1], folders, now))
        {
            var before = old[key];
            var (was, becomes) = (before.Explanation.Decision.Outcome, after.Explanation.Decision.Outcome);
            // The same test usually stands in both folders: it is told once.
            if (Changed.Word(was, becomes) is { } word && asked.Add($"{after.Policy}\n{after.Name}\n{was}\n{becomes}"))
            {
                changes++;
                await output.WriteLineAsync($"{word,-8} {after.Policy}: {after.Name}: {Vocabulary.Word(was)} -> {Vocabulary.Word(becomes)} ({after.Explanation.Why})");
            }
        }

        await output.WriteLineAsync(changes == 0 ? $"No difference in {old.Count} requests." : $"{changes} differences.");
        return changes;
    }

    private static Dictionary<(string File, int Line), PolicyTestResult> Answers(PolicySnapshot policies, string[] paths, DateTimeOffset now)
    {
        var report = PolicyTests.Run(policies, paths.Distinct(StringComparer.Ordinal), now);
        return report.Errors.IsEmpty
            ? report.Results.ToDictionary(result => (result.File, result.Line))
            : throw new MistakesException([.. report.Errors.Select(PolicyJudge.Mistake)]);
    }
}
