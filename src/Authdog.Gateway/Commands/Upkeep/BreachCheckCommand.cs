using System.CommandLine;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Passwords.Breaches;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>breach check</c>: whether a filter is whole, and whether passwords are in it.</summary>
internal static class BreachCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILTER") { Description = "A filter that 'breach build' has made." };
        var password = new Option<bool>("--password") { Description = "Read passwords from standard input, one a line (never from the command line, which other users of the machine can read), and say of each whether it is in the filter." };
        var command = new Command("check", "Check that a filter is whole, and with --password whether a password is in it.") { file, password };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var filter = BreachFilter.TryOpen(parsed.GetRequiredValue(file), out var problem);
            if (filter is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"AG3601 '{parsed.GetRequiredValue(file)}' cannot be used: {problem}");
                return ExitStatus.Wrong;
            }

            if (parsed.GetValue(password))
            {
                return await AskAsync(parsed.InvocationConfiguration.Output, filter, cancellationToken);
            }

            var whole = filter.IsWhole();
            await parsed.InvocationConfiguration.Output.WriteLineAsync(whole ? $"Whole: {filter.Count} hashes in {filter.Length} bytes." : "Damaged: make it again with 'breach build'.");
            return whole ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }

    private static async Task<int> AskAsync(TextWriter output, BreachFilter filter, CancellationToken cancellationToken)
    {
        var status = ExitStatus.Ok;
        while (await System.Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            var found = filter.Contains(line);
            status = found ? ExitStatus.No : status;
            await output.WriteLineAsync(found ? "leaked" : "not in the filter");
        }

        return status;
    }
}
