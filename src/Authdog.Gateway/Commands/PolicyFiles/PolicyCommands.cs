using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary><c>policy …</c>: try policies before they are in force.</summary>
internal static class PolicyCommands
{
    public static Command Create(GatewayBuilder gateway) => new("policy", "Test, explain and compare policies.")
    {
        PolicyTestCommand.Create(gateway),
        PolicyExplainCommand.Create(gateway),
        PolicyDiffCommand.Create(gateway),
        PolicyReportCommand.Create(gateway),
    };
}
