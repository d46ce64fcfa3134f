using Microsoft.Extensions.Options;

namespace Authdog.Identity.Attacks;

/// <summary>Section <c>BotProtection:Attacks</c>: when tries at many accounts count as an attack, and challenges rise by themselves.</summary>
public sealed class AttackOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "BotProtection:Attacks";

    /// <summary>Whether attacks are looked for.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long failures are remembered, and how long the challenges stay after the last one that counted.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Different accounts that fail from one client network before that network gets challenges; three times as many: stronger ones; five times: it has to wait.</summary>
    public int AccountsPerNetwork { get; set; } = 20;

    /// <summary>Different networks from which one account fails before tries at it get challenges; three times as many: stronger ones. Never a refusal: nobody can shut an owner out by it.</summary>
    public int NetworksPerAccount { get; set; } = 10;

    /// <summary>Failures of a tenant before its share of failures is looked at.</summary>
    public int TenantFailures { get; set; } = 200;

    /// <summary>How many times the usual share of failures is an attack on the tenant. At least half of all tries must fail, whatever is usual.</summary>
    public double TimesBaseline { get; set; } = 2;

    internal sealed class Validator : IValidateOptions<AttackOptions>
    {
        public ValidateOptionsResult Validate(string? name, AttackOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Window < TimeSpan.FromMinutes(1) || options.Window > TimeSpan.FromHours(24))
            {
                errors.AddError($"{Section}:Window is {options.Window}. Give 1 minute to 24 hours.");
            }

            if (options.AccountsPerNetwork is < 3 or > 1000)
            {
                errors.AddError($"{Section}:AccountsPerNetwork is {options.AccountsPerNetwork}. Give 3 to 1000.");
            }

            if (options.NetworksPerAccount is < 3 or > 1000)
            {
                errors.AddError($"{Section}:NetworksPerAccount is {options.NetworksPerAccount}. Give 3 to 1000.");
            }

            if (options.TenantFailures is < 20 or > 10_000_000)
            {
                errors.AddError($"{Section}:TenantFailures is {options.TenantFailures}. Give 20 to 10000000.");
            }

            if (options.TimesBaseline is not (>= 1.1 and <= 100))
            {
                errors.AddError($"{Section}:TimesBaseline is {options.TimesBaseline}. Give 1.1 to 100.");
            }

            return errors.Build();
        }
    }
}
