using System.Net;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>Section <c>RateLimiting</c>: how many requests pass. Beyond that: 429.</summary>
internal sealed class RateLimitingOptions
{
    public const string Section = "RateLimiting";

    /// <summary>What a name of a networks file begins with, as in policies.</summary>
    public const string NetworkPrefix = "networks/";

    /// <summary>The gateway's own pages, by client network. Styles and scripts are not counted.</summary>
    public OwnRateSettings Pages { get; set; } = new() { Permits = 600, Algorithm = Identity.Redis.Rates.RateAlgorithm.TokenBucket };

    /// <summary>The gateway's own interfaces for programs (<c>/.authdog/api</c>, <c>/.authdog/scim</c>, <c>/.authdog/session</c>, <c>/.well-known/authdog</c>), by client network.</summary>
    public OwnRateSettings Interfaces { get; set; } = new() { Permits = 6_000, Algorithm = Identity.Redis.Rates.RateAlgorithm.TokenBucket };

    /// <summary>Rules for everything else, by name.</summary>
    public IDictionary<string, RateRuleSettings> Rules { get; } = new Dictionary<string, RateRuleSettings>(StringComparer.Ordinal);

    /// <summary>Clients that no rule and no policy's rate limit concerns: addresses, CIDR ranges, and <c>networks/NAME</c> for the policies' file of that name.</summary>
    public IList<string> AllowList { get; } = [];

    /// <summary>Whether an app's answers say in <c>RateLimit</c> fields what is left of the limits that were counted. A refusal always says it.</summary>
    public bool Announce { get; set; } = true;

    internal sealed class Validator : IValidateOptions<RateLimitingOptions>
    {
        public ValidateOptionsResult Validate(string? name, RateLimitingOptions options)
        {
            List<string> errors = [];
            options.Pages.Check(errors, $"{Section}:{nameof(Pages)}");
            options.Interfaces.Check(errors, $"{Section}:{nameof(Interfaces)}");
            CheckNetworks(errors, $"{Section}:{nameof(AllowList)}", options.AllowList);
            foreach (var (rule, settings) in options.Rules)
            {
                Check(errors, $"{Section}:{nameof(Rules)}:{rule}", rule, settings);
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void Check(List<string> errors, string place, string rule, RateRuleSettings settings)
        {
            // The name stands in a field of the answer, in a metric and in the store's keys.
            if (rule.Length is 0 or > 64 || rule.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            {
                errors.Add($"AG1074 {place} has a name that fields and metrics cannot carry: use letters, digits, '-', '_' and '.'.");
            }

            settings.Check(errors, place);
            if (!Enum.IsDefined(settings.By))
            {
                errors.Add($"AG1075 {place}:By = {settings.By} is unknown: choose one of {string.Join(", ", Enum.GetNames<RateSubject>())}.");
            }

            if (settings.IsByApiKey && (settings.Routes.Count > 0 || settings.Policies.Count > 0))
            {
                errors.Add($"AG1079 {place} counts by ApiKey and names routes or policies: keys are for the management API, which is no route. Remove Routes and Policies, or count by User.");
            }

            CheckPaths(errors, $"{place}:{nameof(settings.Paths)}", settings.Paths);
            CheckPaths(errors, $"{place}:{nameof(settings.ExceptPaths)}", settings.ExceptPaths);
            CheckNetworks(errors, $"{place}:{nameof(settings.Networks)}", settings.Networks);
            CheckNetworks(errors, $"{place}:{nameof(settings.AllowList)}", settings.AllowList);
            foreach (var tenant in settings.Tenants.Where(tenant => !TenantId.TryParse(tenant, out _)))
            {
                errors.Add($"AG1076 {place}:Tenants has '{tenant}', which is no id of a tenant: 'tenant list' names them.");
            }
        }

        private static void CheckPaths(List<string> errors, string place, IEnumerable<string> paths)
        {
            foreach (var path in paths.Where(path => !path.StartsWith('/') || path.AsSpan().IndexOfAny("?#*{") >= 0))
            {
                errors.Add($"AG1077 {place} has '{path}', which is no path: write the beginning of one, such as '/api', without a pattern.");
            }
        }

        private static void CheckNetworks(List<string> errors, string place, IEnumerable<string> networks)
        {
            foreach (var network in networks.Where(network => !network.StartsWith(NetworkPrefix, StringComparison.Ordinal) && !IPNetwork.TryParse(network, out _) && !IPAddress.TryParse(network, out _)))
            {
                errors.Add($"AG1078 {place} has '{network}', which is neither an address, a CIDR range nor a networks file: write '10.0.0.7', '10.0.0.0/8' or 'networks/NAME'.");
            }
        }
    }
}
