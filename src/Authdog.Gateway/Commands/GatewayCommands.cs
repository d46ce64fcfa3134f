using System.CommandLine;
using Authdog.Gateway.Configuration;

namespace Authdog.Gateway.Commands;

/// <summary>The one executable's commands.</summary>
internal static class GatewayCommands
{
    /// <summary>Runs what the arguments ask for and returns the exit status.</summary>
    public static async Task<int> RunAsync(string[] arguments, GatewayParts parts)
    {
        var (others, settings) = GatewayArguments.Split(arguments);
        var gateway = new GatewayBuilder(parts, settings);
        var parsed = Root(gateway).Parse(others);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await System.Console.Error.WriteLineAsync(error.Message);
            }

            await System.Console.Error.WriteLineAsync("Run it with --help to see what there is.");
            return ExitStatus.Wrong;
        }

        try
        {
            // Serving listens to signals itself (the host's lifetime); all other commands just end.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failures)
        {
            await Failure.WriteAsync(System.Console.Error, failures);
            return ExitStatus.Wrong;
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            await System.Console.Error.WriteLineAsync($"AG1699 This should not have happened; please report it.{Environment.NewLine}{bug}");
            return ExitStatus.Wrong;
        }
    }

    private static RootCommand Root(GatewayBuilder gateway)
    {
        var root = new RootCommand("Authdog Gateway stands in front of web apps: it signs people in, decides by policy, and tells the app who they are.\nSettings can also be given as --Section:Key=value.")
        {
            gateway.ConfigOption,
            ServeCommand.Create(gateway),
            ValidateCommand.Create(gateway),
            PolicyCommands.Create(gateway),
            HealthCommand.Create(gateway),
            UserCommands.Create(gateway),
            TenantCommands.Create(gateway),
            ConnectionCommands.Create(gateway),
            RoleCommands.Create(gateway),
            GroupCommands.Create(gateway),
            InvitationCommands.Create(gateway),
            ApiKeyCommands.Create(gateway),
            SessionCommands.Create(gateway),
            KeysCommands.Create(gateway),
            AuditCommands.Create(gateway),
            BreachCommands.Create(),
            SignUpCommands.Create(gateway),
            DatabaseCommands.Create(gateway),
        };
        ServeCommand.AddTo(root, gateway);
        return root;
    }
}
