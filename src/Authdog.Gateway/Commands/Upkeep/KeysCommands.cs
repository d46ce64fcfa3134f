using System.CommandLine;
using System.Globalization;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Keys;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>keys rotate</c>: a new key for signing identity assertions.</summary>
internal static class KeysCommands
{
    public static Command Create(GatewayBuilder gateway)
    {
        var rotate = new Command("rotate", "Announce a new assertion key, which signs once every app can know it. The old one stays published as long as it is needed.");
        rotate.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var key = await services.GetRequiredService<SigningKeyRing>().RotateAsync(SigningKeyRing.AssertionPurpose, cancellationToken);
            var from = key.SignsFrom.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Announced key {key.Kid}; it signs from {from}.");
            return ExitStatus.Ok;
        });
        return new Command("keys", "Work on keys.") { rotate };
    }
}
