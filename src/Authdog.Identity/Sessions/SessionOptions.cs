using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sessions;

/// <summary>Settings of sessions (section <c>Sessions</c>). The defaults keep to NIST SP 800-63B-4 for AAL2, which is stricter than AAL1 asks.</summary>
public sealed class SessionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Sessions";

    /// <summary>A session that is not used for this long is over.</summary>
    [PerTenant]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A session is over this long after sign-in, whatever happens.</summary>
    [PerTenant]
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How old an in-process copy may be: the longest that a revocation can go unseen should its message be lost, and the grace when the store is away.</summary>
    public TimeSpan SnapshotLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many sessions are kept in process.</summary>
    public int SnapshotCapacity { get; set; } = 20_000;

    /// <summary>How many sessions one user may have; a further sign-in ends the oldest.</summary>
    [PerTenant]
    public int MaximumPerUser { get; set; } = 50;

    internal sealed class Validator : IValidateOptions<SessionOptions>
    {
        public ValidateOptionsResult Validate(string? name, SessionOptions options)
        {
            var errors = new List<string>();
            if (options.AbsoluteLifetime < TimeSpan.FromMinutes(1) || options.AbsoluteLifetime > TimeSpan.FromDays(30))
            {
                errors.Add($"AG3301 Sessions:AbsoluteLifetime is {options.AbsoluteLifetime}: choose one minute to 30 days (30.00:00:00).");
            }

            if (options.IdleTimeout < TimeSpan.FromMinutes(1) || options.IdleTimeout > options.AbsoluteLifetime)
            {
                errors.Add($"AG3302 Sessions:IdleTimeout is {options.IdleTimeout}: choose one minute to Sessions:AbsoluteLifetime ({options.AbsoluteLifetime}).");
            }

            if (options.SnapshotLifetime < TimeSpan.Zero || options.SnapshotLifetime > TimeSpan.FromSeconds(5))
            {
                errors.Add($"AG3303 Sessions:SnapshotLifetime is {options.SnapshotLifetime}: choose 00:00:00 to 00:00:05.");
            }

            if (options.SnapshotCapacity is < 1 or > 1_000_000)
            {
                errors.Add($"AG3304 Sessions:SnapshotCapacity is {options.SnapshotCapacity}: choose 1 to 1000000.");
            }

            if (options.MaximumPerUser is < 1 or > 1000)
            {
                errors.Add($"AG3305 Sessions:MaximumPerUser is {options.MaximumPerUser}: choose 1 to 1000.");
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }
    }
}
