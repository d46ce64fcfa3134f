using Microsoft.Extensions.Options;

namespace Authdog.Identity.Organizations;

/// <summary>How people whose address has accounts in several tenants find them (section <c>Accounts:Organizations</c>).</summary>
public sealed class OrganizationOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Accounts:Organizations";

    /// <summary>Whether they can: on the shared host, a page that mails the list, a choice after signing in, and a page in the account.</summary>
    public bool Offered { get; set; }

    /// <summary>Messages to one address within an hour.</summary>
    public int MessagesPerAddress { get; set; } = 5;

    /// <summary>Requests from one client network within an hour.</summary>
    public int RequestsPerNetwork { get; set; } = 50;

    internal sealed class Validator : IValidateOptions<OrganizationOptions>
    {
        public ValidateOptionsResult Validate(string? name, OrganizationOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.MessagesPerAddress is < 1 or > 100)
            {
                errors.AddError($"{Section}:MessagesPerAddress is {options.MessagesPerAddress}. Give 1 to 100.");
            }

            if (options.RequestsPerNetwork is < 1 or > 100_000)
            {
                errors.AddError($"{Section}:RequestsPerNetwork is {options.RequestsPerNetwork}. Give 1 to 100000.");
            }

            return errors.Build();
        }
    }
}
