using Microsoft.Extensions.Options;

namespace Authdog.Identity.Redis.Rates;

/// <summary>How limits are counted (part of section <c>RateLimiting</c>).</summary>
public sealed class RateOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "RateLimiting";

    /// <summary>Share of each limit that one node lets through by itself while the shared store is away: one divided by the number of nodes.</summary>
    public double LocalShare { get; set; } = 0.5;

    internal sealed class Validator : IValidateOptions<RateOptions>
    {
        public ValidateOptionsResult Validate(string? name, RateOptions options) => options.LocalShare is > 0 and <= 1
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(FormattableString.Invariant($"AG3220 {Section}:LocalShare is {options.LocalShare}: choose above 0 and at most 1."));
    }
}
