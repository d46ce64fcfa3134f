using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>How people leave (section <c>Accounts:Deletion</c>).</summary>
public sealed class DeletionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Accounts:Deletion";

    /// <summary>Whether people can delete their accounts themselves.</summary>
    [PerTenant]
    public bool Enabled { get; set; } = true;

    /// <summary>How long a deletion can be taken back, by signing in or by the link in the mail; zero erases at once.</summary>
    [PerTenant]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Whether a keyed hash of the address stays behind, so that no import brings an erased person back. Signing up anew is always possible.</summary>
    [PerTenant]
    public bool KeepTombstone { get; set; } = true;

    internal sealed class Validator : IValidateOptions<DeletionOptions>
    {
        public ValidateOptionsResult Validate(string? name, DeletionOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.GracePeriod < TimeSpan.Zero || options.GracePeriod > TimeSpan.FromDays(90))
            {
                errors.AddError($"{Section}:GracePeriod is {options.GracePeriod}. Give 0 to 90 days (14.00:00:00).");
            }

            return errors.Build();
        }
    }
}
