using System.CommandLine;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>breach …</c>: filters of leaked passwords.</summary>
internal static class BreachCommands
{
    public static Command Create() => new("breach", "Work on filters of leaked passwords (Passwords:Breaches).") { BreachBuildCommand.Create(), BreachCheckCommand.Create() };
}
