using System.CommandLine;
using System.Globalization;
using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Gateway.Configuration;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary><c>policy explain --decision ID</c>: why a request of the past was decided as it was.</summary>
internal static class DecisionExplanation
{
    public static async Task<int> WriteAsync(GatewayBuilder gateway, ParseResult parsed, string id, bool reveal, CancellationToken cancellationToken)
    {
        await using var services = gateway.Services(parsed);
        var records = await services.GetRequiredService<DecisionArchive>().ReadAsync(cancellationToken);
        if (records.FirstOrDefault(record => record.Id == id) is not { } record)
        {
            throw new MistakesException([new Mistake("AG1612", Place.CommandLine, $"No decision '{id}' is recorded here.", "Take the number of the page, the problem+json or the log line AccessRefused; records of old are overwritten (Policies:Recording).")]);
        }

        var seal = services.GetRequiredService<DecisionSeal>();
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync(Head(record));
        if (seal.Open(record) is not { } inputs)
        {
            await output.WriteLineAsync("What it depended on was encrypted under another master key and cannot be read.");
            return ExitStatus.No;
        }

        var policies = PolicySet.Load(PolicySet.Folder(gateway.Configuration(parsed)));
        var explanation = policies.Explain(record.Policy, DecisionSeal.Question(record, inputs), reveal ? Disclosure.Full : Disclosure.Masked);
        if (RecordedAnswer.Of(explanation.Decision) != record.Answer)
        {
            await output.WriteLineAsync("The policies have changed since: as they are now, the same request would get another answer.");
        }

        if (inputs.Cut.Count > 0)
        {
            await output.WriteLineAsync($"Too long to be recorded, and absent below: {string.Join(", ", inputs.Cut)}.");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(explanation.ToText());
        return explanation.Decision.Outcome == AccessOutcome.Allow ? ExitStatus.Ok : ExitStatus.No;
    }

    private static string Head(RecordedDecision record)
    {
        var rule = record.Answer.Rule is { } name ? $", rule \"{name}\"" : "";
        var who = record.Person is { } person ? $"person {person}" : "nobody signed in";
        return string.Create(CultureInfo.InvariantCulture, $"Decision {record.Id} of {record.At:yyyy-MM-dd HH:mm:ss} UTC: {Vocabulary.Word(record.Answer.Outcome)} ({Vocabulary.Word(record.Answer.Reason)}), policy {record.Policy}{rule}, route {record.Route}, {record.Method}, {who}, client {record.Client ?? "unknown"}.");
    }
}
