using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Recovery;

/// <summary>How people get back in (section <c>Login:Recovery</c>).</summary>
public sealed class RecoveryOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login:Recovery";

    /// <summary>How long the link in the mail works.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Messages to one address within an hour.</summary>
    public int MessagesPerAddress { get; set; } = 5;

    /// <summary>Requests from one client network within an hour.</summary>
    public int RequestsPerNetwork { get; set; } = 50;

    /// <summary>How long somebody who has the first factor and lost the second waits for its removal; absent: nobody can, and an administrator helps.</summary>
    [PerTenant]
    public TimeSpan? SecondStepDelay { get; set; } = TimeSpan.FromDays(3);

    internal sealed class Validator : IValidateOptions<RecoveryOptions>
    {
        public ValidateOptionsResult Validate(string? name, RecoveryOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.LinkLifetime < TimeSpan.FromMinutes(5) || options.LinkLifetime > TimeSpan.FromDays(1))
            {
                errors.AddError($"{Section}:LinkLifetime is {options.LinkLifetime}. Give 5 minutes to 1 day.");
            }

            if (options.MessagesPerAddress is < 1 or > 100)
            {
                errors.AddError($"{Section}:MessagesPerAddress is {options.MessagesPerAddress}. Give 1 to 100.");
            }

            if (options.RequestsPerNetwork is < 1 or > 100_000)
            {
                errors.AddError($"{Section}:RequestsPerNetwork is {options.RequestsPerNetwork}. Give 1 to 100000.");
            }

            if (options.SecondStepDelay is { } delay && (delay < TimeSpan.FromHours(1) || delay > TimeSpan.FromDays(30)))
            {
                errors.AddError($"{Section}:SecondStepDelay is {delay}. Give 1 hour to 30 days, or nothing to offer no such way.");
            }

            return errors.Build();
        }
    }
}
