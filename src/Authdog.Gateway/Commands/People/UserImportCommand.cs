using System.CommandLine;
using System.Text;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Users.Import;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>user import FILE</c>: takes over users, with their password hashes, of another system.</summary>
internal static class UserImportCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV with a line of names, or one JSON object a line (.jsonl): email, email_verified, name, password_hash, roles, groups, locale, time_zone, disabled." };
        var tenant = DirectorySyntax.Tenant();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what is wrong." };
        var format = new Option<string?>("--format") { Description = "csv or jsonl; otherwise as the file's name ends.", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var command = new Command("import", "Take over users of another system, with their password hashes: all of a file, or nothing.") { file, format, dryRun, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (Format(parsed.GetValue(format), path) is not { } chosen)
            {
                await error.WriteLineAsync($"'{path.Name}' does not say how it is written: give --format csv or --format jsonl.");
                return ExitStatus.Wrong;
            }

            if (!path.Exists)
            {
                await error.WriteLineAsync($"There is no file '{path}'.");
                return ExitStatus.Wrong;
            }

            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var result = await scope.ServiceProvider.GetRequiredService<UserImport>().RunAsync(
                () => new StreamReader(path.FullName, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)), chosen, parsed.GetValue(dryRun), cancellationToken);
            foreach (var mistake in result.Mistakes)
            {
                await error.WriteLineAsync($"{path.Name}({mistake.Line}): {mistake.Problem}");
            }

            if (result.Mistakes.Count > 0)
            {
                await error.WriteLineAsync($"{result.Mistakes.Count} mistakes; nothing was written.");
                return ExitStatus.Wrong;
            }

            await output.WriteLineAsync(parsed.GetValue(dryRun) ? $"{result.Users} users could be imported; nothing was written." : $"Imported {result.Users} users. A password of another system's hash is hashed anew when its owner signs in.");
            return ExitStatus.Ok;
        });
        return command;
    }

    private static ImportFormat? Format(string? asked, FileInfo file) => (asked ?? file.Extension.TrimStart('.').ToLowerInvariant()) switch
    {
        "csv" => ImportFormat.Csv,
        "jsonl" or "ndjson" => ImportFormat.JsonLines,
        _ => null,
    };
}
