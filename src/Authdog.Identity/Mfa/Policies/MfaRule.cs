using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mfa.Policies;

/// <summary>One rule on second steps: for everybody, or for a role.</summary>
public class MfaRule
{
    /// <summary>How much it is asked for.</summary>
    [PerTenant]
    public MfaPolicyKind Policy { get; set; } = MfaPolicyKind.Offered;

    /// <summary>With <see cref="MfaPolicyKind.Required"/>: from when on; at once when absent.</summary>
    [PerTenant]
    public DateTimeOffset? RequiredFrom { get; set; }

    /// <summary>With <see cref="MfaPolicyKind.Required"/>: how long after that, or after the account was made, a login can still be done without.</summary>
    [PerTenant]
    public TimeSpan Grace { get; set; }

    internal void AddErrors(ValidateOptionsResultBuilder errors, string place)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!Enum.IsDefined(Policy))
        {
            errors.AddError($"{place}:Policy is {(int)Policy}. Give Off, Offered or Required.");
        }

        if (Policy is not MfaPolicyKind.Required && (RequiredFrom is not null || Grace != TimeSpan.Zero))
        {
            errors.AddError($"{place} has RequiredFrom or Grace but Policy {Policy}. They take effect with Required only: remove them or change the policy.");
        }

        if (Grace < TimeSpan.Zero || Grace > TimeSpan.FromDays(90))
        {
            errors.AddError($"{place}:Grace is {Grace}. Give 0 to 90 days.");
        }
    }
}
