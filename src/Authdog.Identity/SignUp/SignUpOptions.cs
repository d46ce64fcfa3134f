using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp;

/// <summary>How people get an account by themselves (section <c>SignUp</c>).</summary>
public sealed class SignUpOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "SignUp";

    /// <summary>Whether they can.</summary>
    [PerTenant]
    public bool Enabled { get; set; } = true;

    /// <summary>How long the link in the mail works.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the code in the mail works.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages to one address within an hour.</summary>
    public int MessagesPerAddress { get; set; } = 5;

    /// <summary>Sign-ups from one client network within an hour.</summary>
    public int SignUpsPerNetwork { get; set; } = 50;

    internal sealed class Validator : IValidateOptions<SignUpOptions>
    {
        public ValidateOptionsResult Validate(string? name, SignUpOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.LinkLifetime < TimeSpan.FromMinutes(10) || options.LinkLifetime > TimeSpan.FromDays(7))
            {
                errors.AddError($"{Section}:LinkLifetime is {options.LinkLifetime}. Give 10 minutes to 7 days.");
            }

            if (options.CodeLifetime < TimeSpan.FromMinutes(1) || options.CodeLifetime > TimeSpan.FromHours(1))
            {
                errors.AddError($"{Section}:CodeLifetime is {options.CodeLifetime}. Give 1 minute to 1 hour.");
            }

            if (options.MessagesPerAddress is < 1 or > 100)
            {
                errors.AddError($"{Section}:MessagesPerAddress is {options.MessagesPerAddress}. Give 1 to 100.");
            }

            if (options.SignUpsPerNetwork is < 1 or > 100_000)
            {
                errors.AddError($"{Section}:SignUpsPerNetwork is {options.SignUpsPerNetwork}. Give 1 to 100000.");
            }

            return errors.Build();
        }
    }
}
