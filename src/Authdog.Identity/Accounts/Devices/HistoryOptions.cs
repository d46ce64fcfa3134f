using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>What is kept of sign-ins and devices (section <c>Accounts:History</c>).</summary>
public sealed class HistoryOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Accounts:History";

    /// <summary>How long a sign-in, or a try, stays in a person's history.</summary>
    [PerTenant]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a browser is remembered that does not come back; after that it is new again.</summary>
    [PerTenant]
    public TimeSpan DeviceRetention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Whether people get a message when somebody signs in from a browser that the account does not know.</summary>
    [PerTenant]
    public bool NotifyOfNewDevices { get; set; } = true;

    internal sealed class Validator : IValidateOptions<HistoryOptions>
    {
        public ValidateOptionsResult Validate(string? name, HistoryOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Retention < TimeSpan.FromDays(1) || options.Retention > TimeSpan.FromDays(730))
            {
                errors.AddError($"{Section}:Retention is {options.Retention}. Give 1 to 730 days (90.00:00:00).");
            }

            if (options.DeviceRetention < TimeSpan.FromDays(7) || options.DeviceRetention > TimeSpan.FromDays(730))
            {
                errors.AddError($"{Section}:DeviceRetention is {options.DeviceRetention}. Give 7 to 730 days (180.00:00:00).");
            }

            return errors.Build();
        }
    }
}
