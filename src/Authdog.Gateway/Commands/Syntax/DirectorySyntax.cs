using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;

namespace Authdog.Gateway.Commands.Syntax;

/// <summary>The arguments and options that name what is in the directory, and how commands write it.</summary>
internal static class DirectorySyntax
{
    /// <summary>An e-mail address of a user.</summary>
    public static Argument<EmailAddress> Email() => new("EMAIL")
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

    /// <summary>The tenant whose people, roles or connections a command is about; the default one where there is only one.</summary>
    public static Option<TenantId> Tenant() => new("--tenant")
    {
        Description = "Tenant of the user.",
        HelpName = "ID",
        DefaultValueFactory = _ => Identity.Identifiers.TenantId.Default,
        CustomParser = ParseTenant,
    };

    /// <summary>The tenant that a command is about.</summary>
    public static Argument<TenantId> TenantId() => new("ID") { Description = "The tenant's id: 1 to 63 of a-z, 0-9 and inner '-'.", CustomParser = ParseTenant };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON, for programs." };

    /// <summary>Texts as a JSON array.</summary>
    public static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(static text => (JsonNode)text)];

    private static TenantId? ParseTenant(ArgumentResult result)
    {
        if (Identity.Identifiers.TenantId.TryParse(result.Tokens[0].Value, out var tenant))
        {
            return tenant;
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a tenant id: 1 to 63 of a-z, 0-9 and inner '-'.");
        return null;
    }
}
