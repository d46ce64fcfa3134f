using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.EmailCodes;

/// <summary>Sign-in by a code or a link in a mail (section <c>Login:EmailCodes</c>).</summary>
public sealed class EmailCodeOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login:EmailCodes";

    /// <summary>Whether people can sign in by it. It counts as no factor of a second kind: <c>aal2</c> takes two others.</summary>
    [PerTenant]
    public bool Enabled { get; set; }

    /// <summary>How long code and link work (NIST SP 800-63B-4: at most 10 minutes).</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages to one address within an hour.</summary>
    public int MessagesPerAddress { get; set; } = 5;

    /// <summary>Messages asked for from one client network within an hour.</summary>
    public int MessagesPerNetwork { get; set; } = 50;

    internal sealed class Validator : IValidateOptions<EmailCodeOptions>
    {
        public ValidateOptionsResult Validate(string? name, EmailCodeOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > TimeSpan.FromMinutes(10))
            {
                errors.AddError($"{Section}:Lifetime is {options.Lifetime}. Give 1 to 10 minutes (NIST SP 800-63B-4, section 3.1.3).");
            }

            if (options.MessagesPerAddress is < 1 or > 100)
            {
                errors.AddError($"{Section}:MessagesPerAddress is {options.MessagesPerAddress}. Give 1 to 100.");
            }

            if (options.MessagesPerNetwork is < 1 or > 100_000)
            {
                errors.AddError($"{Section}:MessagesPerNetwork is {options.MessagesPerNetwork}. Give 1 to 100000.");
            }

            return errors.Build();
        }
    }
}
