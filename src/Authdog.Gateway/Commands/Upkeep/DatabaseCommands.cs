using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Storage;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>db migrate</c>.</summary>
internal static class DatabaseCommands
{
    public static Command Create(GatewayBuilder gateway)
    {
        var migrate = new Command("migrate", "Bring the directory's schema up to date.");
        migrate.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = gateway.Services(parsed);
            var applied = await services.GetRequiredService<DirectoryMigrator>().MigrateAsync(cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var migration in applied)
            {
                await output.WriteLineAsync($"applied {migration}");
            }

            await output.WriteLineAsync("The schema is up to date.");
            return ExitStatus.Ok;
        });
        return new Command("db", "Work on the directory's database.") { migrate };
    }
}
