using System.CommandLine;
using Authdog.Identity.Identifiers;

namespace Authdog.Gateway.Commands;

/// <summary>An e-mail address on the command line.</summary>
internal static class EmailArgument
{
    public static Argument<EmailAddress> Create() => new("EMAIL")
    {
        Description = "E-mail address of the user.",
        CustomParser = result =>
        {
            if (EmailAddress.TryParse(result.Tokens[0].Value, out var email))
            {
                return email;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not an e-mail address.");
            return null;
        },
    };

    public static Option<TenantId> Tenant() => new("--tenant")
    {
        Description = "Tenant of the user.",
        HelpName = "ID",
        DefaultValueFactory = _ => TenantId.Default,
        CustomParser = result =>
        {
            if (TenantId.TryParse(result.Tokens[0].Value, out var tenant))
            {
                return tenant;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a tenant id.");
            return null;
        },
    };
}
