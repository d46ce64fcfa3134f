using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>user …</c>: directory work from a shell.</summary>
internal static class UserCommands
{
    public static Command Create(GatewayBuilder gateway) => new("user", "Work on the directory.")
    {
        UserAddCommand.Create(gateway),
        UserImportCommand.Create(gateway),
        UserShowCommand.Create(gateway),
        UserDisableCommand.Create(gateway, "disable", "Shut a user out and end their sessions.", disabled: true),
        UserDisableCommand.Create(gateway, "enable", "Let a disabled user in again.", disabled: false),
    };
}
