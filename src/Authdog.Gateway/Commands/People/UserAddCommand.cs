using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passwords;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>user add</c>: makes a user, or gives an existing one more roles.</summary>
internal static class UserAddCommand
{
    private const int LongestRole = 64;

    public static Command Create(GatewayBuilder gateway)
    {
        var email = DirectorySyntax.Email();
        var tenant = DirectorySyntax.Tenant();
        var name = new Option<string>("--name") { Description = "Display name.", HelpName = "TEXT" };
        var roles = new Option<string[]>("--role") { Description = "A role to give; may be repeated.", HelpName = "ROLE", DefaultValueFactory = _ => [] };
        roles.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsRole(token.Value)))
            {
                result.AddError($"'{token.Value}' is not a role: 1 to {LongestRole} letters, digits, '.', '_', ':' or '-'.");
            }
        });
        var password = new Option<bool>("--password-stdin") { Description = "Read the password from standard input." };
        var command = new Command("add", "Make a user, or give an existing one more roles.") { email, name, roles, password, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var adding = new Adding(scope.ServiceProvider, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return await adding.RunAsync(parsed.GetRequiredValue(email), parsed.GetValue(name), parsed.GetValue(roles) ?? [], parsed.GetValue(password), cancellationToken);
        });
        return command;
    }

    private static bool IsRole(string text) =>
        text.Length is > 0 and <= LongestRole && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');

    private sealed class Adding(IServiceProvider services, TextWriter output, TextWriter error)
    {
        private readonly UserDirectory _directory = services.GetRequiredService<UserDirectory>();

        public async Task<int> RunAsync(EmailAddress email, string? name, string[] roles, bool readPassword, CancellationToken cancellationToken)
        {
            if (await _directory.FindByEmailAsync(email, cancellationToken) is { } user)
            {
                return await ExtendAsync(user, email, name, roles, readPassword, cancellationToken);
            }

            if (await services.GetRequiredService<Tombstones>().HasAsync(email, cancellationToken))
            {
                await error.WriteLineAsync($"{email.Value} had an account and had it erased. Only they can come back, by signing up (Accounts:Deletion:KeepTombstone).");
                return ExitStatus.No;
            }

            string? hash = null;
            if (readPassword)
            {
                var password = await ReadPasswordAsync(email, name, cancellationToken);
                if (password is null)
                {
                    return ExitStatus.Wrong;
                }

                hash = await services.GetRequiredService<PasswordHashing>().HashAsync(password, cancellationToken);
            }

            user = await _directory.CreateAsync(email, emailVerified: true, name, hash, cancellationToken)
                ?? throw new InvalidOperationException("Somebody else has just made this user; run the command again.");
            await _directory.AddRolesAsync(user, roles, cancellationToken);
            await output.WriteLineAsync($"Added {email.Value}{(roles.Length > 0 ? $" with {Roles(roles)}" : string.Empty)}.");
            if (hash is null)
            {
                await output.WriteLineAsync("They have no password yet: they set one by 'Forgot password?' on the sign-in page (/.authdog/recover).");
            }

            return ExitStatus.Ok;
        }

        private async Task<int> ExtendAsync(User user, EmailAddress email, string? name, string[] roles, bool readPassword, CancellationToken cancellationToken)
        {
            if (name is not null || readPassword)
            {
                await error.WriteLineAsync($"{email.Value} exists already: 'user add' gives them more roles, it does not change name or password.");
                return ExitStatus.No;
            }

            if (roles.Length == 0)
            {
                await error.WriteLineAsync($"{email.Value} exists already. Name a role to give with --role.");
                return ExitStatus.No;
            }

            var added = await _directory.AddRolesAsync(user, roles, cancellationToken);
            await output.WriteLineAsync(added.Count > 0
                ? $"{email.Value} existed already and now has {Roles(added)} too. Whoever is signed in has it at once."
                : $"{email.Value} existed already and had {Roles(roles)} before.");
            return ExitStatus.Ok;
        }

        private async Task<string?> ReadPasswordAsync(EmailAddress email, string? name, CancellationToken cancellationToken)
        {
            var password = await System.Console.In.ReadLineAsync(cancellationToken) ?? string.Empty;
            var judgement = services.GetRequiredService<PasswordRules>().Judge(password, [email.Value, .. name is null ? [] : new[] { name }]);
            if (judgement == PasswordJudgement.Acceptable)
            {
                return password;
            }

            await error.WriteLineAsync($"This password may not be set: {Why(judgement)}");
            return null;
        }

        private static string Why(PasswordJudgement judgement) => judgement switch
        {
            PasswordJudgement.TooShort => "it is too short.",
            PasswordJudgement.TooLong => "it is too long.",
            PasswordJudgement.Common => "it is a common one.",
            PasswordJudgement.Context => "it is too near to the user's own address or name.",
            _ => "it is not text.",
        };

        private static string Roles(IReadOnlyCollection<string> roles) => $"the role{(roles.Count > 1 ? "s" : string.Empty)} {string.Join(", ", roles)}";
    }
}
