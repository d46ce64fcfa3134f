using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Limits that hold for each ceremony (sign-in, sign-up, recovery, codes by mail, …) beside its own (section <c>RateLimiting:Ceremonies</c>).</summary>
public sealed class CeremonyLimitOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "RateLimiting:Ceremonies";

    /// <summary>Tries of one client network at one account within <see cref="Window"/>: a stranger cannot use up what an account takes alone.</summary>
    public int PerAccountAndAddress { get; set; } = 20;

    /// <summary>Tries of all strangers together at one tenant within <see cref="Window"/>; those that succeed, and those of browsers that the account knows, do not count.</summary>
    public int PerTenant { get; set; } = 20_000;

    /// <summary>How long they count.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    internal sealed class Validator : IValidateOptions<CeremonyLimitOptions>
    {
        public ValidateOptionsResult Validate(string? name, CeremonyLimitOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.PerAccountAndAddress is < 3 or > 10_000)
            {
                errors.AddError($"{Section}:PerAccountAndAddress is {options.PerAccountAndAddress}. Give 3 to 10000.");
            }

            if (options.PerTenant is < 10 or > 100_000_000)
            {
                errors.AddError($"{Section}:PerTenant is {options.PerTenant}. Give 10 to 100000000.");
            }

            if (options.Window < TimeSpan.FromMinutes(1) || options.Window > TimeSpan.FromDays(1))
            {
                errors.AddError($"{Section}:Window is {options.Window}. Give 1 minute to 1 day.");
            }

            return errors.Build();
        }
    }
}
