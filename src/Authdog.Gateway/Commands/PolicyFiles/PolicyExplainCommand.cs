using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Gateway.Configuration;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary><c>policy explain</c>: which rule decides, and criterion by criterion why.</summary>
internal static class PolicyExplainCommand
{
    private static readonly Uri s_demo = new("http://127.0.0.1:1");

    public static Command Create(GatewayBuilder gateway)
    {
        var question = new PolicyQuestion();
        var command = new Command("explain", "Say how a policy decides one request, and why. Exit status 0 for allow, 1 for challenge and deny.");
        var reveal = new Option<bool>("--reveal", "--unmasked") { Description = "Show personal data, which is masked otherwise." };
        question.AddTo(command);
        command.Add(reveal);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(question.Decision) is { } id)
            {
                return await DecisionExplanation.WriteAsync(gateway, parsed, id, parsed.GetValue(reveal), cancellationToken);
            }

            var configuration = gateway.Configuration(parsed);
            var policies = PolicySet.Load(PolicySet.Folder(configuration));
            var policy = parsed.GetValue(question.Policy) ?? PolicyOf(configuration, parsed.GetRequiredValue(question.Route));
            var person = await DirectoryPerson.FindAsync(gateway, parsed, question, cancellationToken);
            if (person is not null)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(person.ToString());
            }

            var explanation = policies.Explain(policy, question.Request(parsed, person, TimeProvider.System.GetUtcNow()), parsed.GetValue(reveal) ? Disclosure.Full : Disclosure.Masked);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(explanation.ToText());
            return explanation.Decision.Outcome == AccessOutcome.Allow ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }

    private static string PolicyOf(GatewayConfiguration configuration, string route)
    {
        const string Prefix = "ReverseProxy:Routes:";
        var settings = configuration.Settings.AsEnumerable()
            .Concat(Upstream.Choose(configuration, null).Settings(s_demo))
            .Where(setting => setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        if (settings.GetValueOrDefault($"{Prefix}{route}:AuthorizationPolicy") is { } policy)
        {
            return policy;
        }

        var routes = settings.Keys.Select(key => key[Prefix.Length..].Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        throw new MistakesException([new Mistake("AG1608", Place.CommandLine, $"There is no route '{route}' that names a policy.", $"Name one of: {string.Join(", ", routes)}; or a policy with --policy.")]);
    }
}
