using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tenants.Lifecycle;

/// <summary>How long tenants live on (section <c>Gateway:Tenants</c>).</summary>
public sealed class TenancyOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway:Tenants";

    /// <summary>How long a deleted tenant can be resumed before it is erased.</summary>
    public TimeSpan DeletionGrace { get; set; } = TimeSpan.FromDays(30);

    internal sealed class Validator : IValidateOptions<TenancyOptions>
    {
        public ValidateOptionsResult Validate(string? name, TenancyOptions options) =>
            options.DeletionGrace >= TimeSpan.Zero && options.DeletionGrace <= TimeSpan.FromDays(365)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"AG3410 {Section}:DeletionGrace is {options.DeletionGrace}. Give 0 to 365 days (30.00:00:00).");
    }
}
