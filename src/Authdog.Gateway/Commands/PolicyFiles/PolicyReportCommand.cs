using System.CommandLine;
using System.Globalization;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary><c>policy report</c>: whom shadow mode would have refused or let in.</summary>
internal static class PolicyReportCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var policy = new Option<string>("--policy") { Description = "This policy alone.", HelpName = "NAME" };
        var since = new Option<int?>("--hours") { Description = "The last hours alone.", HelpName = "N" };
        var command = new Command("report", "Say, from recorded decisions, whom rules and policies in shadow mode would have refused or let in.") { policy, since };
        command.Validators.Add(result =>
        {
            if (result.GetValue(since) is < 1 or > 24 * 365)
            {
                result.AddError("--hours is a number from 1 to 8760.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = gateway.Services(parsed);
            var records = await services.GetRequiredService<DecisionArchive>().ReadAsync(cancellationToken);
            var from = parsed.GetValue(since) is { } hours ? services.GetRequiredService<TimeProvider>().GetUtcNow() - TimeSpan.FromHours(hours) : DateTimeOffset.MinValue;
            var name = parsed.GetValue(policy);
            await WriteAsync([.. records.Where(record => record.At >= from && (name is null || record.Policy == name))], parsed.InvocationConfiguration.Output);
            return ExitStatus.Ok;
        });
        return command;
    }

    private static async Task WriteAsync(IReadOnlyList<RecordedDecision> records, TextWriter output)
    {
        var rules = records.Where(record => record.WithShadowRules is not null).Select(record => (record, record.Answer, record.WithShadowRules!));
        var policies = records.Where(record => record.ByShadowPolicy is not null).Select(record => (record, record.Answer, record.ByShadowPolicy!));
        var any = await WriteAsync("Rules in shadow mode:", rules, output) | await WriteAsync("Policies in shadow mode:", policies, output);
        var span = records.Count == 0 ? "No decisions are recorded." : string.Create(CultureInfo.InvariantCulture, $"{records.Count} recorded decisions, {records[0].At:yyyy-MM-dd HH:mm} to {records[^1].At:yyyy-MM-dd HH:mm} UTC.");
        await output.WriteLineAsync(any || records.Count == 0 ? span : $"Shadow mode would have changed nothing. {span}");
    }

    private static async Task<bool> WriteAsync(string title, IEnumerable<(RecordedDecision, RecordedAnswer, RecordedAnswer)> changes, TextWriter output)
    {
        var any = false;
        foreach (var (word, change, records) in RecordedChange.Group(changes))
        {
            if (!any)
            {
                await output.WriteLineAsync(title);
            }

            any = true;
            await output.WriteLineAsync(change.ToText(word, records));
        }

        if (any)
        {
            await output.WriteLineAsync();
        }

        return any;
    }
}
