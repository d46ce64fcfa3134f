using System.CommandLine;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Authdog.Policies.Testing;

namespace Authdog.Gateway.Commands;

/// <summary><c>policy diff</c>: asks the requests of the test files of both folders, and says who gains and who loses access.</summary>
internal static class PolicyDiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("OLD") { Description = "Folder of the policies in force." };
        var after = new Argument<string>("NEW") { Description = "Folder of the policies to come." };
        var command = new Command("diff", "Ask the requests of both folders' test files of both, and say who gains and who loses access. Exit status 1 when anybody does.") { before, after };
        command.SetAction(async (parsed, _) =>
        {
            var folders = new[] { parsed.GetRequiredValue(before), parsed.GetRequiredValue(after) };
            return await CompareAsync(folders, parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    private static async Task<int> CompareAsync(string[] folders, TextWriter output)
    {
        var now = PolicyTests.DefaultTime;
        var old = Answers(PolicySet.Load(folders[0]), folders, now);
        var changes = 0;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, after) in Answers(PolicySet.Load(folders[1]), folders, now))
        {
            var before = old[key];
            var (was, becomes) = (before.Explanation.Decision.Outcome, after.Explanation.Decision.Outcome);
            // The same test usually stands in both folders: it is told once.
            if (was != becomes && asked.Add($"{after.Policy}\n{after.Name}\n{was}\n{becomes}"))
            {
                changes++;
                var word = becomes == AccessOutcome.Allow ? "GAINS" : was == AccessOutcome.Allow ? "LOSES" : "CHANGES";
                await output.WriteLineAsync($"{word,-8} {after.Policy}: {after.Name}: {Text(was)} -> {Text(becomes)} ({after.Explanation.Why})");
            }
        }

        await output.WriteLineAsync(changes == 0 ? $"No difference in {old.Count} requests." : $"{changes} differences.");
        return changes == 0 ? ExitStatus.Ok : ExitStatus.No;
    }

    private static Dictionary<(string File, int Line), PolicyTestResult> Answers(PolicySnapshot policies, string[] paths, DateTimeOffset now)
    {
        var report = PolicyTests.Run(policies, paths.Distinct(StringComparer.Ordinal), now);
        return report.Errors.IsEmpty
            ? report.Results.ToDictionary(result => (result.File, result.Line))
            : throw new MistakesException([.. report.Errors.Select(PolicyJudge.Mistake)]);
    }

    private static string Text(AccessOutcome outcome) => outcome switch
    {
        AccessOutcome.Allow => "allow",
        AccessOutcome.Challenge => "challenge",
        _ => "deny",
    };
}
